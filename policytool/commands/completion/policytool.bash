# Words of policytool for bash: eval "$(policytool completion bash)"

_policytool() {
    local line=${COMP_LINE:0:COMP_POINT} word more help
    # Bash lets a word begin behind a colon or an equals sign: what it leaves alone is taken off each offer.
    local typed=${line##*[[:space:]]}
    local left=${typed%"$2"}
    COMPREPLY=()
    while IFS=$'\t' read -r word more help; do
        case $word in
            FILES) compopt -o default 2>/dev/null; return ;;
            FOLDERS) compopt -o dirnames 2>/dev/null; return ;;
        esac
        if [[ $more == + ]]; then compopt -o nospace 2>/dev/null; fi
        COMPREPLY+=("${word#"$left"}")
    done < <(POLICYTOOL_LINE=$line "$1" completion bash 2>/dev/null)
}

complete -F _policytool policytool
