# Words of policytool for fish: policytool completion fish | source

function __policytool_offers
    set -l words (commandline -opc)
    set -lx POLICYTOOL_LINE (commandline -cp | string collect)
    for offer in ($words[1] completion fish 2>/dev/null)
        set -l parts (string split -m 2 \t -- $offer)
        switch $parts[1]
            case FILES
                __fish_complete_path (commandline -ct)
            case FOLDERS
                __fish_complete_directories (commandline -ct)
            case '*'
                printf '%s\t%s\n' $parts[1] $parts[3]
        end
    end
end

complete --command policytool --no-files --arguments '(__policytool_offers)'
