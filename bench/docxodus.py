"""`python -m bench.docxodus FOLDER OLD NEW TARGET`: two Word files compared by python-redlines, with its Docxodus.

Its program is unpacked into FOLDER the first time.
"""

from __future__ import annotations

import sys
from pathlib import Path

from python_redlines import DocxodusEngine  # type: ignore[import-not-found,import-untyped,unused-ignore]  # a peer

if __name__ == "__main__":
    folder, old, new, target = sys.argv[1:]
    made, _, _ = DocxodusEngine(folder).run_redline("Ann Clerk", Path(old), Path(new))
    Path(target).write_bytes(made)
