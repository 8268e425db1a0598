"""What stands on the disk, and one source that was edited -> what stands there now, without reading the rest."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from policytool.model.library import Library
from policytool.model.unable import UnableError
from policytool.pipeline.build import Stock
from policytool.pipeline.outline import Read, Texts, one_by_one
from policytool.pipeline.reviews import Reviews
from policytool.store import files


def edited(stock: Stock, path: str) -> tuple[str, Stock] | None:
    """The id of the policy that was edited, and the stock as it is now; None where all is to be read afresh.

    That is where the file has gone or is none of ours, and where the policy has errors in itself, or had some.
    """
    name = stock.repository.ids.get(path, "")
    if name in stock.wrong or name not in stock.outlines or stock.outlines[name].policy.path != path:
        return None
    content = _content(stock.repository.root / path)
    if content is None:
        return None
    [read] = one_by_one([files.SourceFile(path, name, content)])
    if read.outline is None or any(one.is_error for one in read.diagnostics):
        return None
    return name, _with(stock, path, content, read)


def _content(path: Path) -> bytes | None:
    try:
        return files.read(path) if path.is_file() and not path.is_symlink() else None
    except UnableError:
        return None


def _with(stock: Stock, path: str, content: bytes, read: Read) -> Stock:
    before, outline = stock.repository, read.outline
    if outline is None or stock.shelf is None:
        return stock
    stock.shelf.keep(path, content, outline)
    name = outline.policy.id
    repository = replace(
        before,
        library=Library(before.library.settings, {**before.library.policies, name: outline.policy}),
        diagnostics=(*(one for one in before.diagnostics if one.path != path), *read.diagnostics),
        texts=before.texts.edited(path, content) if isinstance(before.texts, Texts) else before.texts,
    )
    outlines = {**stock.outlines, name: outline}
    reviews = Reviews(repository, stock.shelf, {one: known.fingerprint for one, known in outlines.items()})
    reviews.take_over(stock.reviews, name)
    contents = {**stock.contents, path: content}
    return replace(stock, repository=repository, outlines=outlines, contents=contents, reviews=reviews)
