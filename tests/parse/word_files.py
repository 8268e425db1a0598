"""Word files as people have them: markup by hand, put into a package that Word itself would open."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

_PLACE = "http://schemas.openxmlformats.org/"
_RELATED = f"{_PLACE}officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
NAMES = (
    f'xmlns:w="{_PLACE}wordprocessingml/2006/main" xmlns:r="{_RELATED}" xmlns:mc="{_PLACE}markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
MAIN = f"{_TYPE}document.main+xml"
NUMBERED = ("header", "footer")

STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:basedOn w:val="Standard"/>
<w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/>
<w:basedOn w:val="berschrift1"/></w:style>
<w:style w:type="paragraph" w:styleId="Eigene"><w:name w:val="House heading"/><w:basedOn w:val="berschrift2"/></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="character" w:styleId="Fett"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
"""


def word_file(
    body: str,
    *,
    main: str = MAIN,
    links: Mapping[str, str] | None = None,
    raw: Mapping[str, bytes] | None = None,
    **parts: str,
) -> bytes:
    """A .docx: what stands in its body, and in its other parts: `numbering=`, `styles=`, `comments=`, `header=`.

    `links` are addresses by their keys; `raw` are files as they are, which may take the place of others.
    """
    parts = {"styles": STYLES, **parts}
    relations = [_relation(f"p{at}", kind, f"{kind}.xml") for at, kind in enumerate(parts)]
    relations += [_relation(key, "hyperlink", target, outside=True) for key, target in (links or {}).items()]
    files = {
        "[Content_Types].xml": _types(main, parts),
        "_rels/.rels": _relations([_relation("m", "officeDocument", "word/document.xml")]),
        "word/_rels/document.xml.rels": _relations(relations),
        "word/document.xml": _part("document", f"<w:body>{body}</w:body>"),
        **{f"word/{kind}.xml": _part(_ROOTS.get(kind, kind), inner) for kind, inner in parts.items()},
    }
    return packed({**{name: text.encode() for name, text in files.items()}, **(raw or {})})


_ROOTS = {"header": "hdr", "footer": "ftr"}


def packed(files: Mapping[str, bytes]) -> bytes:
    """Files in an archive."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as opened:
        for name, content in files.items():
            opened.writestr(name, content)
    return made.getvalue()


def _types(main: str, parts: Mapping[str, str]) -> str:
    named = "".join(f'<Override PartName="/word/{kind}.xml" ContentType="{_TYPE}{kind}+xml"/>' for kind in parts)
    return (
        f'<Types xmlns="{_PLACE}package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/>{named}</Types>'
    )


def _relation(key: str, kind: str, target: str, *, outside: bool = False) -> str:
    mode = ' TargetMode="External"' if outside else ""
    return f'<Relationship Id="{key}" Type="{_RELATED}/{kind}" Target="{target}"{mode}/>'


def _relations(relations: list[str]) -> str:
    return f'<Relationships xmlns="{_PLACE}package/2006/relationships">{"".join(relations)}</Relationships>'


def _part(root: str, inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {NAMES}>{inner}</w:{root}>'


def p(inner: str, style: str = "", properties: str = "", number: tuple[int, int] | None = None) -> str:
    """A paragraph: its runs, or plain words; its style; what else it says; its list and level."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    listed = f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>' if number else ""
    runs = inner if inner.startswith("<") else r(inner)
    return f"<w:p><w:pPr>{named}{listed}{properties}</w:pPr>{runs}</w:p>"


def r(text: str, properties: str = "", tag: str = "t") -> str:
    """A run of words."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def changed(kind: str, inner: str) -> str:
    """A tracked change: "ins", "del"."""
    return f'<w:{kind} w:id="1" w:author="A" w:date="2026-01-01T00:00:00Z">{inner}</w:{kind}>'


def field(instruction: str, shown: str) -> str:
    """A field with its result."""
    char = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    told = f'<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>'
    return f"{char('begin')}{told}{char('separate')}{r(shown)}{char('end')}"


def level(at: int, style: str, text: str, start: int = 1, more: str = "") -> str:
    """A level of a list."""
    bound = more if more.startswith("<w:pStyle") else ""
    rest = "" if bound else more
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{bound}{rest}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(key: int, *levels: str, more: str = "") -> str:
    """What a list is made of."""
    kind = '<w:multiLevelType w:val="multilevel"/>'
    return f'<w:abstractNum w:abstractNumId="{key}">{kind}{more}{"".join(levels)}</w:abstractNum>'


def num(key: int, of: int, more: str = "") -> str:
    """A list that paragraphs can name."""
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def begins(at: int, start: int) -> str:
    """What makes a list begin anew."""
    return f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def cell(inner: str, properties: str = "") -> str:
    """A cell of a table."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(*rows: str) -> str:
    """A table of rows."""
    return f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    """A row of cells."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def nested_tables(depth: int) -> str:
    """Tables within tables."""
    return "<w:tbl><w:tr><w:tc>" * depth + p("deep") + "</w:tc></w:tr></w:tbl>" * depth
