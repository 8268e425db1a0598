"""Others' readers of Word files and PDFs, where they are installed: each makes text or Markdown of a file."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from typing import Any

Reader = Callable[[], str]


def readers(path: Path) -> dict[str, Reader]:
    """By the name of its package, what reads this file in a warm process; none that is not installed."""
    likely = _OF_WORD if path.suffix == ".docx" else _OF_PDF
    found = {name: work for name, (module, work) in likely.items() if find_spec(module)}
    return {name: _of(work, path) for name, work in found.items()}


def pages(path: Path) -> int:
    """How many pages a PDF has."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        return len(document)


def _of(work: Callable[[Path], Any], path: Path) -> Reader:
    return lambda: str(work(path))


def _mammoth(path: Path) -> str:
    import mammoth  # type: ignore[import-not-found,import-untyped,unused-ignore]

    with path.open("rb") as file:
        return str(mammoth.convert_to_markdown(file).value)


def _docx2python(path: Path) -> str:
    from docx2python import docx2python  # type: ignore[import-not-found,import-untyped,unused-ignore]

    with docx2python(path) as document:
        return str(document.text)


def _markitdown(path: Path) -> str:
    from markitdown import MarkItDown  # type: ignore[import-not-found,import-untyped,unused-ignore]

    return str(MarkItDown().convert(path).text_content)


def _pandoc(path: Path) -> str:
    import pypandoc  # type: ignore[import-not-found,import-untyped,unused-ignore]

    return str(pypandoc.convert_file(path, "gfm"))


def _pypdf(path: Path) -> str:
    from pypdf import PdfReader  # type: ignore[import-not-found,import-untyped,unused-ignore]

    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def _pdfplumber(path: Path) -> str:
    import pdfplumber  # type: ignore[import-not-found,import-untyped,unused-ignore]

    said = StringIO()
    with pdfplumber.open(path) as document:
        for page in document.pages:
            said.write(page.extract_text() or "")
    return said.getvalue()


_OF_WORD: dict[str, tuple[str, Callable[[Path], str]]] = {
    "mammoth": ("mammoth", _mammoth),
    "docx2python": ("docx2python", _docx2python),
    "markitdown": ("markitdown", _markitdown),
    "pypandoc-binary": ("pypandoc", _pandoc),
}
_OF_PDF: dict[str, tuple[str, Callable[[Path], str]]] = {
    "pypdf": ("pypdf", _pypdf),
    "pdfplumber": ("pdfplumber", _pdfplumber),
    "markitdown": ("markitdown", _markitdown),
}
