"""Run by a Python that has UNO: opens files in a LibreOffice of its own, does to them what it is told, tells the text.

`python bench/office_uno.py SOFFICE PROFILE SECONDS JOBS` where JOBS is JSON, `[[action, file, target, other], …]`: an
action is `keep`, `accept`, `reject` or `compare` (the file with `other`, which is older). A target that ends in .json
gets the text as LibreOffice prints it, any other the file as Word's. What takes longer than so many seconds is killed,
and LibreOffice with it. Nothing of this project is imported, for that Python knows nothing of it.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from threading import Timer
from typing import Any

COMMANDS = {"accept": ".uno:AcceptAllTrackedChanges", "reject": ".uno:RejectAllTrackedChanges"}
OPTIONS = "--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"
PAUSE = 0.02
Line = tuple[str, str]


class Office:
    """LibreOffice, at the other end of a pipe."""

    def __init__(self, soffice: str, profile: str) -> None:
        self.uno: Any = import_module("uno")
        pipe = f"policytool{os.getpid()}"
        where = f"-env:UserInstallation={Path(profile).absolute().as_uri()}"
        self.process = subprocess.Popen([soffice, where, *OPTIONS, f"--accept=pipe,name={pipe};urp;"])
        here = self.uno.getComponentContext()
        resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
        self.context = self._connected(resolver, f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        self.desktop = self._service("com.sun.star.frame.Desktop")
        self.dispatcher = self._service("com.sun.star.frame.DispatchHelper")

    def _connected(self, resolver: Any, address: str) -> Any:  # noqa: ANN401  # UNO has no types
        absent = self.uno.getClass("com.sun.star.connection.NoConnectException")
        while self.process.poll() is None:
            try:
                return resolver.resolve(address)
            except absent:
                time.sleep(PAUSE)
        sys.exit(f"LibreOffice ended with code {self.process.returncode}")

    def _service(self, name: str) -> Any:  # noqa: ANN401
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def _properties(self, **values: object) -> tuple[object, ...]:
        made = []
        for name, value in values.items():
            one = self.uno.createUnoStruct("com.sun.star.beans.PropertyValue")
            one.Name, one.Value = name, value
            made.append(one)
        return tuple(made)

    def do(self, action: str, file: str, target: str, other: str = "") -> None:
        """One job, from opening the file to closing it."""
        document = self.desktop.loadComponentFromURL(_url(file), "_blank", 0, self._properties(Hidden=True))
        if action in COMMANDS:
            self._dispatch(document, COMMANDS[action])
        elif action == "compare":
            self._dispatch(document, ".uno:CompareDocuments", URL=_url(other), NoAcceptDialog=True)
        if target.endswith(".json"):
            Path(target).write_text(json.dumps(told(document)), "utf-8")
        else:
            document.storeToURL(_url(target), self._properties(FilterName="MS Word 2007 XML"))
        document.close(True)  # noqa: FBT003  # UNO has no keywords

    def _dispatch(self, document: Any, command: str, **values: object) -> None:  # noqa: ANN401
        frame = document.getCurrentController().getFrame()
        self.dispatcher.executeDispatch(frame, command, "", 0, self._properties(**values))

    def close(self, seconds: float) -> None:
        """End it, as a user would."""
        self.desktop.terminate()
        self.process.wait(seconds)


def _url(file: str) -> str:
    return Path(file).absolute().as_uri()


def told(document: Any) -> dict[str, object]:  # noqa: ANN401
    """How many changes are still tracked; the text by paragraphs, each with its number, without the contents list."""
    document.getTextFields().refresh()
    notes = [[*_lines(note)] for note in _all(document.getFootnotes())]
    changes = sum(1 for _ in _each(document.getRedlines()))
    return {"changes": changes, "text": [*_lines(document.getText())], "notes": notes}


def _lines(text: Any) -> Iterator[Line]:  # noqa: ANN401
    for node in _each(text):
        if node.supportsService("com.sun.star.text.TextTable"):
            for name in node.getCellNames():
                yield "cell", name
                yield from _lines(node.getCellByName(name))
        elif not node.TextSection:  # as which the contents list counts
            yield node.ListLabelString, node.getString()


def _all(indexed: Any) -> Iterator[Any]:  # noqa: ANN401
    return (indexed.getByIndex(place) for place in range(indexed.getCount()))


def _each(container: Any) -> Iterator[Any]:  # noqa: ANN401
    listed = container.createEnumeration()
    while listed.hasMoreElements():
        yield listed.nextElement()


def _die() -> None:
    """End this process and LibreOffice, which are a group of their own."""
    os.killpg(0, signal.SIGKILL)


def main(soffice: str, profile: str, seconds: str, jobs: str) -> None:
    """All jobs in one LibreOffice."""
    if os.getpgrp() != os.getpid():
        os.setpgid(0, 0)
    watch = Timer(float(seconds), _die)
    watch.daemon = True
    watch.start()
    try:
        office = Office(soffice, profile)
        for job in json.loads(jobs):
            office.do(*job)
        office.close(float(seconds))
    except BaseException:  # noqa: BLE001  # whatever it was: nothing is left running
        sys.excepthook(*sys.exc_info())
        _die()


if __name__ == "__main__":
    main(*sys.argv[1:])
