"""Paths -> the site map, by which search engines find the pages (sitemaps.org, protocol 0.9).

It tells no days: those of files would be the clock's, and engines ask for none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from lxml import etree

from policytool.model.artifact import Artifact
from policytool.model.site import SITEMAP, Frame

SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST = 50_000
"""Addresses that one file may hold."""


def sitemaps(paths: Sequence[str], frame: Frame) -> Iterator[Artifact]:
    """All files of the site map, `sitemap.xml` first; none where the site has no address."""
    if not frame.address:
        return
    if len(paths) <= MOST:
        yield Artifact(SITEMAP, _listing("urlset", "url", paths, frame))
        return
    parts = [paths[start : start + MOST] for start in range(0, len(paths), MOST)]
    names = [SITEMAP.replace(".", f"-{number}.") for number in range(1, len(parts) + 1)]
    yield Artifact(SITEMAP, _listing("sitemapindex", "sitemap", names, frame))
    for name, part in zip(names, parts, strict=True):
        yield Artifact(name, _listing("urlset", "url", part, frame))


def _listing(whole: str, each: str, paths: Sequence[str], frame: Frame) -> bytes:
    root = etree.Element(f"{{{SPACE}}}{whole}", nsmap={None: SPACE})  # type: ignore[dict-item]  # lxml has a default one
    for path in paths:
        one = etree.SubElement(root, f"{{{SPACE}}}{each}")
        etree.SubElement(one, f"{{{SPACE}}}loc").text = f"{frame.address}{quote(path.removesuffix('index.html'))}"
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True))
