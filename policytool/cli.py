"""The front door: global options, and commands that are imported when they are called."""

from __future__ import annotations

import gc
import os
import sys
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from policytool import __version__
from policytool.model.unable import UnableError

if TYPE_CHECKING:
    from policytool.pipeline.repository import Repository

# Name -> the line that `--help` shows; each lives in a module of its name in policytool.commands, a keyword
# with a _ behind it.
COMMANDS = {
    "build": "Build policies as Word, PDF and HTML.",
    "duties": "Show who must do what, in which clause.",
    "diff": "Show what changed between two versions.",
    "check": "Find every mistake in sources, references, settings and records.",
    "pack": "Make the pack for a meeting: one paper, and all that belongs to it.",
    "record": "Write down that a policy was reviewed.",
    "serve": "Show the site, live, to this machine alone.",
    "show": "Show the text of a policy, or a part of it, at the terminal.",
    "site": "Make a site to look policies up, compare versions, and see what is due.",
    "status": "Show the register: what was reviewed, and what is due.",
    "refs": "Show what a clause cites and what cites it.",
    "explain": "Tell what a finding means and how to mend it.",
    "completion": "Print the script that completes words in a shell.",
    "import": "Make policies of documents: Word, PDF, web pages, text.",
    "init": "Begin a new repository of policies.",
    "log": "List the versions of a policy, newest first.",
    "remind": "Remind people of reviews, by mail.",
    "verify": "Prove that published files are right.",
    "publish": "Publish approved wordings as Word, PDF and HTML.",
    "withdraw": "Take a policy out of force.",
}
CLEAN, FINDINGS, UNABLE, INTERRUPTED = 0, 1, 2, 130


@dataclass(slots=True)
class Session:
    """What the global options say; the only place that asks the clock."""

    root: Path | None
    day: date | None
    quiet: bool
    colour: bool

    def day_in(self, timezone: str) -> date:
        """The day that `--today` says, else the day it is in a time zone; an unknown one counts as the machine's."""
        if self.day is not None:
            return self.day
        from zoneinfo import ZoneInfo  # only where a review may be due

        try:
            return datetime.now(ZoneInfo(timezone)).date()
        except (ValueError, OSError, LookupError):
            return self.now.date()

    @property
    def now(self) -> datetime:
        """The moment it really is, whatever `--today` says: when a mail goes out."""
        return datetime.now().astimezone()

    def load(self) -> Repository:
        """The repository at or above the current folder, or at `--root`."""
        from policytool.pipeline.repository import load  # `init` and `explain` need none of it

        return load(self.folder)

    @property
    def folder(self) -> Path:
        """The folder of the policies: `--root`, or the nearest above the current one that holds the settings."""
        from policytool.store.files import find_root

        return self.root or find_root(Path.cwd())

    def note(self, message: str) -> None:
        """A word to the person at the terminal, not part of the result."""
        if not self.quiet:
            click.echo(message, err=True)


class Commands(click.Group):
    """The commands by name, each imported when it is called."""

    def list_commands(self, _context: click.Context) -> list[str]:
        """The names, in order."""
        return sorted(COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        """The command of this name."""
        if name not in COMMANDS:
            return None
        command = import_module(f"policytool.commands.{name}{'_' if iskeyword(name) else ''}").command
        if not isinstance(command, click.Command):
            return None
        # Who writes `status --today …` means the same as `--today … status`.
        known = {option.name for option in command.params}
        command.params += [option for option in _after_the_command() if option.name not in known]
        return command

    def format_commands(self, _context: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in `--help`, for which none is imported."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


ROOT = click.Path(exists=True, file_okay=False, path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])


def _after_the_command() -> list[click.Option]:
    """The global options once more, for every command; its `--help` leaves them out."""
    shared: dict[str, Any] = {"expose_value": False, "hidden": True, "callback": _set}
    return [
        click.Option(["--root"], type=ROOT, **shared),
        click.Option(["--today"], type=DAY, **shared),
        click.Option(["--quiet"], is_flag=True, **shared),
        click.Option(["--no-color"], is_flag=True, **shared),
    ]


def _set(context: click.Context, option: click.Parameter, value: Any) -> None:  # noqa: ANN401  # an option each
    session = context.obj
    if value and isinstance(session, Session):
        match option.name:
            case "root":
                session.root = value
            case "today":
                session.day = value.date()
            case "quiet":
                session.quiet = True
            case _:
                session.colour = False


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="policytool %(version)s")
@click.option("--root", type=ROOT, help="The repository.")
@click.option("--today", type=DAY, help="Take this for today’s date.")
@click.option("--quiet", is_flag=True, help="Print results only, no progress.")
@click.option("--no-color", is_flag=True, help="Print without colour (NO_COLOR in the environment does the same).")
@click.pass_context
def cli(context: click.Context, root: Path | None, today: datetime | None, *, quiet: bool, no_color: bool) -> None:
    """Keep policies as structured text in git; check them, and build them as Word, PDF and HTML.

    Exit code: 0 clean, 1 something was found, 2 it could not be done.
    """
    colour = not no_color and "NO_COLOR" not in os.environ and sys.stdout.isatty()
    context.obj = Session(root, today.date() if today else None, quiet, colour)


def run(arguments: list[str] | None = None) -> int:
    """Run a command line; its exit code. Whatever goes wrong is told in words, never as a traceback."""
    # Frozen values make no cycles: to look for some every 700 objects costs a build a tenth of its time.
    gc.set_threshold(50_000, 20, 20)
    try:
        result = cli.main(arguments, prog_name="policytool", standalone_mode=False)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        error.show()
        return UNABLE
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001  # the last door: nothing prints a traceback
        return _unable(error)
    return result if isinstance(result, int) else CLEAN


def _unable(error: Exception) -> int:
    from policytool.render.terminal import printable

    if isinstance(error, UnableError):
        click.echo(f"error: {printable(str(error))}", err=True)
        if error.advice:
            click.echo(f"help: {printable(error.advice)}", err=True)
        return UNABLE
    if "POLICYTOOL_DEBUG" in os.environ:
        raise error
    click.echo(f"error: policytool failed ({type(error).__name__}: {printable(str(error))})", err=True)
    click.echo("help: please report it; with POLICYTOOL_DEBUG=1 it says where", err=True)
    return UNABLE
