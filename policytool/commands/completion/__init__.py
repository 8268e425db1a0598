"""`policytool completion`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from policytool.pipeline.complete import LINE, answer

SHELLS = {"bash": "bash", "zsh": "zsh", "fish": "fish", "powershell": "ps1"}


@click.command("completion")
@click.argument("shell", type=click.Choice(list(SHELLS)))
def command(shell: str) -> None:
    """Print the script that completes words in a shell.

    Commands, options and what they take are completed, ids of policies, and behind a # their labels.

    bash: put `eval "$(policytool completion bash)"` into ~/.bashrc.

    zsh: put `eval "$(policytool completion zsh)"` into ~/.zshrc, below compinit.

    fish: put `policytool completion fish | source` into ~/.config/fish/config.fish.

    PowerShell: put `policytool completion powershell | Out-String | Invoke-Expression` into the file $PROFILE.
    """
    if LINE in os.environ:
        click.echo(answer(shell, os.environ[LINE]), nl=False)
    else:
        click.echo(Path(__file__).with_name(f"policytool.{SHELLS[shell]}").read_bytes(), nl=False)
