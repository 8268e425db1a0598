# Words of policytool for PowerShell: policytool completion powershell | Out-String | Invoke-Expression

Register-ArgumentCompleter -Native -CommandName policytool -ScriptBlock {
    param($word, $command, $cursor)
    $length = $cursor - $command.Extent.StartOffset
    $line = $command.ToString().PadRight($length).Substring(0, $length)
    $before = $env:POLICYTOOL_LINE
    try {
        $env:POLICYTOOL_LINE = $line
        $offers = & $command.CommandElements[0].Value completion powershell 2>$null
    } finally {
        $env:POLICYTOOL_LINE = $before
    }
    foreach ($offer in $offers) {
        $value, $more, $help = $offer -split "`t", 3
        # Without an offer of ours, PowerShell completes names of files and folders.
        if ($value -in 'FILES', 'FOLDERS') { return }
        if (-not $help) { $help = $value }
        # It would read a leading @ and a comma as signs of its own.
        $text = if ($value -match '^@|,') { "'$value'" } else { $value }
        [System.Management.Automation.CompletionResult]::new($text, $value, 'ParameterValue', $help)
    }
}
