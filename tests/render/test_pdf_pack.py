"""Objects of a PDF packed into streams: the same file, smaller, by the word of another reader and of the validators."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest

from policytool.render.pdf.pack import TOGETHER, packed


def plain(count: int) -> bytes:
    """A PDF with so many small objects, a page among them, laid out with a table as Typst does."""
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(200, 200))
        page.obj.Contents = document.make_stream(b"BT (endobj) Tj ET")
        for index in range(count):
            document.Root[f"/X{index}"] = document.make_indirect(pikepdf.Dictionary(N=index, T="(obj) stream"))
        made = BytesIO()
        document.save(made, object_stream_mode=pikepdf.ObjectStreamMode.disable, static_id=True, compress_streams=False)
        return made.getvalue()


def read(pdf: bytes) -> dict[int, str]:
    """Every object by its number, as another reader sees it; what the packing itself added is left out."""
    with pikepdf.open(BytesIO(pdf)) as document:
        assert document.check_pdf_syntax() == []
        return {one.objgen[0]: _shown(one) for one in document.objects if not _is_ours(one)}


def _is_ours(one: pikepdf.Object) -> bool:
    return isinstance(one, pikepdf.Stream) and one.get("/Type") in ("/ObjStm", "/XRef")


def _shown(one: pikepdf.Object) -> str:
    return repr(one.read_bytes()) if isinstance(one, pikepdf.Stream) else one.unparse(resolved=True).decode()


@pytest.mark.parametrize("count", [0, 1, TOGETHER - 3, TOGETHER, 3 * TOGETHER + 1])
def test_every_object_is_there_and_the_same(count: int) -> None:
    """Streams as they were, all others out of the streams they went into."""
    pdf = plain(count)
    assert read(packed(pdf)) == read(pdf)


@pytest.mark.parametrize("last", [b"x", b"\r", b"\n", b"\r\n"])
def test_the_end_of_a_stream_is_never_taken_for_its_data(last: bytes) -> None:
    """Whatever the data ends in: the length that is stated is what stands before one line end."""
    with pikepdf.new() as document:
        document.add_blank_page().obj.Contents = document.make_stream(b"BT ET" + last)
        made = BytesIO()
        document.save(made, object_stream_mode=pikepdf.ObjectStreamMode.disable, static_id=True, compress_streams=False)
    pdf = packed(made.getvalue())
    assert pdf.count(b"\r\nendstream") == pdf.count(b"endstream")
    assert b"BT ET" + last + b"\r\nendstream" in pdf
    with pikepdf.open(BytesIO(pdf)) as document:
        assert document.pages[0].Contents.read_raw_bytes() == b"BT ET" + last


def test_it_is_smaller() -> None:
    """Which is what it is for."""
    pdf = plain(500)
    assert len(packed(pdf)) < len(pdf) / 4


def test_the_trailer_keeps_what_it_says() -> None:
    """The root of the document and its identity."""
    with pikepdf.open(BytesIO(plain(3))) as before, pikepdf.open(BytesIO(packed(plain(3)))) as after:
        assert list(map(bytes, after.trailer.ID)) == list(map(bytes, before.trailer.ID))
        assert len(after.pages) == len(before.pages) == 1


@pytest.mark.parametrize("pdf", [b"", b"%PDF-1.7\n", b"%PDF-1.7\nstartxref\n9\n%%EOF\n", packed(plain(2))])
def test_what_is_laid_out_otherwise_is_left_alone(pdf: bytes) -> None:
    """No table, no packing; twice is once."""
    assert packed(pdf) == pdf
