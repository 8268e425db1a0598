"""`policytool serve`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from policytool.cli import CLEAN, Session

if TYPE_CHECKING:
    from pathlib import Path

    from policytool.portal.live import Live

_USUAL = 8000


@click.command("serve")
@click.option("--port", type=click.IntRange(0, 65535), default=_USUAL, show_default=True, help="0: any that is free.")
@click.option("--open", "opens", is_flag=True, help="Open it in the browser.")
@click.option("--public", is_flag=True, help="Show the public edition.")
@click.pass_obj
def command(session: Session, *, port: int, opens: bool, public: bool) -> int:
    """Show the site, live, to this machine alone.

    Pages are made when they are looked at, and shown again by themselves when a file changes. Mistakes are shown in the
    page where they are. No file of yours is written.
    """
    from policytool.portal.listening import address, listen  # the server's libraries: 90 ms
    from policytool.portal.server import Portal

    root = session.folder
    with listen(port) as listening:
        where = address(listening)

        def ready() -> None:
            click.echo(f"{where} shows the policies; press Ctrl-C to stop")
            if opens:
                click.launch(where)

        Portal(_site(root, public=public), root, listening).run(ready, session.note)
    return CLEAN


def _site(root: Path, *, public: bool) -> Live:
    from policytool.pipeline.site.live import LiveSite

    return LiveSite(root, is_public=public)
