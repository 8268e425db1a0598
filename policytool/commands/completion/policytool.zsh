#compdef policytool
# Words of policytool for zsh: eval "$(policytool completion zsh)", below compinit

_policytool() {
    local word more help
    local -a whole begun
    while IFS=$'\t' read -r word more help; do
        case $word in
            FILES) _files; return ;;
            FOLDERS) _files -/; return ;;
        esac
        word=${word//:/\\:}${help:+:$help}
        if [[ $more == + ]]; then begun+=("$word"); else whole+=("$word"); fi
    done < <(POLICYTOOL_LINE="${(j: :)words[1,CURRENT-1]} $PREFIX" ${(Q)words[1]} completion zsh 2>/dev/null)
    if (( $#whole )); then _describe policytool whole; fi
    if (( $#begun )); then _describe policytool begun -S ''; fi
}

# As a file in fpath this is the body of the function itself.
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _policytool "$@"
else
    compdef _policytool policytool
fi
