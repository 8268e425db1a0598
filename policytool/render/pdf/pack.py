"""A PDF as Typst writes it -> the same objects in compressed streams: half the size.

Typst writes a file with a table of cross-references and every object apart. Since PDF 1.5 objects that are no streams
may stand together in compressed object streams (ISO 32000-1, 7.5.7), and the table in a compressed stream of its own
(7.5.8). Nothing is parsed but the table: objects are moved, never read.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

TOGETHER = 200
"""So many objects in one stream: more compress no better, and a reader unpacks whole streams."""

_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_TABLE = re.compile(rb"xref\s+0 (\d+)\s*\n")
_TRAILER = re.compile(rb"trailer\s*<<(.*)>>\s*startxref", re.DOTALL)
_OBJECT = re.compile(rb"(\d+) 0 obj\s")
_SIZE = re.compile(rb"/Size \d+")
_ENTRY = 20  # bytes of a line of the table
_END = b"endobj"
_STREAM_END = b"\nendstream\nendobj"
# CR and LF: after data that ends in CR, LF alone would be read as one line end with it, and the length would be amiss
# (ISO 19005-2, 6.1.7.1). One file in a few has such data.
_CLEAR_END = b"\r\nendstream\nendobj\n"
_FREE = b"\0" + b"\0" * 4 + b"\xff\xff"


@dataclass(slots=True)
class _Packing:
    """The file in the making, and what the new table says of each object: its kind, where it is, its place there."""

    out: bytearray
    table: list[bytes]
    loose: list[tuple[int, bytes]] = field(default_factory=list)

    def keep(self, number: int, written: bytes) -> None:
        """A stream, which stays as it is."""
        self.table[number] = b"\1" + len(self.out).to_bytes(4) + b"\0\0"
        self.out += written.removesuffix(_STREAM_END) + _CLEAR_END

    def stream(self, entries: bytes, content: bytes) -> None:
        """A new object: a stream with these entries in its dictionary, compressed."""
        number = len(self.table)
        self.table.append(b"\1" + len(self.out).to_bytes(4) + b"\0\0")
        self.out += b"%d 0 obj\n<<%s" % (number, entries)
        self.finish(content)

    def finish(self, content: bytes) -> None:
        """The rest of a stream whose dictionary is open."""
        packed = zlib.compress(content)
        self.out += b"/Filter/FlateDecode/Length %d>>\nstream\n%s%s" % (len(packed), packed, _CLEAR_END)

    def gather(self, objects: list[tuple[int, bytes]]) -> None:
        """Objects together in one stream: their numbers and offsets, then they themselves."""
        stream, index, offset = len(self.table), [], 0
        for place, (number, written) in enumerate(objects):
            self.table[number] = b"\2" + stream.to_bytes(4) + place.to_bytes(2)
            index.append(b"%d %d" % (number, offset))
            offset += len(written) + 1
        head = b" ".join(index) + b"\n"
        entries = b"/Type/ObjStm/N %d/First %d" % (len(objects), len(head))
        self.stream(entries, head + b"\n".join(written for _, written in objects))


def packed(pdf: bytes) -> bytes:
    """The same PDF, smaller. One that is not laid out as Typst does is given back as it is."""
    start, trailer = _START.search(pdf), _TRAILER.search(pdf)
    table = _TABLE.match(pdf, int(start[1])) if start else None
    if start is None or trailer is None or table is None:
        return pdf
    offsets = _offsets(pdf, table)
    packing = _Packing(bytearray(pdf[: min(offsets, default=0)]), [_FREE] * int(table[1]))
    for number, written in _objects(pdf, offsets, int(start[1])):
        if written.endswith(_STREAM_END):
            packing.keep(number, written)
        else:
            packing.loose.append((number, written[written.index(b"obj") + 3 : -len(_END)].strip()))
    for first in range(0, len(packing.loose), TOGETHER):
        packing.gather(packing.loose[first : first + TOGETHER])
    return _finished(packing, _SIZE.sub(b"", trailer[1]))


def _offsets(pdf: bytes, table: re.Match[bytes]) -> list[int]:
    """Where the objects in use begin, in the order of the file."""
    lines = (pdf[at : at + _ENTRY] for at in range(table.end(), table.end() + int(table[1]) * _ENTRY, _ENTRY))
    return sorted(int(line[:10]) for line in lines if line[17:18] == b"n")


def _objects(pdf: bytes, offsets: list[int], end: int) -> Iterator[tuple[int, bytes]]:
    for offset, after in pairwise([*offsets, end]):
        named = _OBJECT.match(pdf, offset)
        if named:
            yield int(named[1]), pdf[offset:after].rstrip()


def _finished(packing: _Packing, trailer: bytes) -> bytes:
    """The file with its table, which lists itself."""
    start, number = len(packing.out), len(packing.table)
    packing.table.append(b"\1" + start.to_bytes(4) + b"\0\0")
    packing.out += b"%d 0 obj\n<</Type/XRef/W[1 4 2]/Size %d%s" % (number, number + 1, trailer.strip())
    packing.finish(b"".join(packing.table))
    packing.out += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(packing.out)
