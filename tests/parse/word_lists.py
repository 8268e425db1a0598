"""Word files whose lists are made by chance: levels, formats, styles that count, lists that begin anew."""

from __future__ import annotations

from random import Random

from tests.parse.word_files import STYLES, abstract, begins, cell, changed, level, num, p, r, row, table, word_file

_FORMATS = ("lowerLetter", "upperLetter", "lowerRoman", "upperRoman", "decimalZero", "bullet", "none")
_STEPS = (0, 0, 0, 1, -1, 1, -2, -3)
_GAP = p("gap")
_NOUGHT = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'


class Chance:
    """One document by one seed. Each numbered paragraph says a word that no other says: "w1", "w2".

    What LibreOffice 7.4 prints otherwise than Word is left out: `isLgl`, `lvlRestart`, a list that begins anew with a
    paragraph that is gone.
    """

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)  # noqa: S311  # the same each time
        self.styles: list[str] = []
        self.lists: list[tuple[int, int]] = []
        self.anew: set[int] = set()
        self.paragraphs = 0

    def file(self) -> bytes:
        """The Word file."""
        made = [self._definition(key) for key in range(1, self.chance.randint(2, 4))]
        self.place = (self.lists[0][0], 0)
        body = "".join(self._block() for _ in range(self.chance.randint(8, 40)))
        numbering = "".join(definition for definition, _ in made) + "".join(lists for _, lists in made)
        return word_file(
            body + p("end"), styles=STYLES + "".join(self._style(key) for key in self.styles), numbering=numbering
        )

    def _definition(self, key: int) -> tuple[str, str]:
        """What lists are made of, and the lists that are."""
        depth = self.chance.choice((1, 2, 3, 4, 9))
        levels = [self._level(key, at) for at in range(depth)]
        lists = []
        for turn in range(self.chance.randint(1, 3)):
            self.lists.append((len(self.lists) + 1, depth))
            anew = turn and self.chance.random() < 0.4
            start = begins(self.chance.randrange(depth), self.chance.choice((1, 1, 0, 7))) if anew else ""
            lists.append(num(len(self.lists), key, start))
            if start:
                self.anew.add(len(self.lists))
        return abstract(key, *levels), "".join(lists)

    def _level(self, key: int, at: int) -> str:
        style = "decimal" if self.chance.random() < 0.6 else self.chance.choice(_FORMATS)
        own = f"%{at + 1}"
        text = self.chance.choice((f"{own}.", f"({own})", f"Part {own}", _all(at), f"{_all(at)}."))
        start = self.chance.choice((1, 1, 1, 0, 5)) if style == "decimal" else 1
        bound = f"S{key}x{at}x{len(self.lists) + 1}" if self.chance.random() < 0.3 else ""
        if bound:
            self.styles.append(bound)
        more = f'<w:pStyle w:val="{bound}"/>' if bound else ""
        return level(at, style, {"bullet": "•", "none": ""}.get(style, text), start, more)

    def _style(self, key: str) -> str:
        """A style that counts, at the level that is bound to it, and one that is based on it."""
        _, at, of = key.split("x")
        counts = f'<w:pPr><w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{of}"/></w:numPr></w:pPr>'
        head = (
            '<w:style w:type="paragraph" w:styleId="{0}"><w:name w:val="own {0}"/><w:basedOn w:val="{1}"/>{2}</w:style>'
        )
        return head.format(key, "berschrift1", counts) + head.format(f"{key}y", key, "")

    def _block(self) -> str:
        if self.chance.random() < 0.07:
            return _GAP + table(row(cell(self._paragraph() + _GAP), cell(self._paragraph() + _GAP))) + _GAP
        return self._paragraph()

    def _paragraph(self) -> str:
        self.paragraphs += 1
        word, chance = f"w{self.paragraphs}", self.chance.random()
        if chance < 0.15:
            return p(word)
        if chance < 0.3 and self.styles:
            style = self.chance.choice(self.styles) + self.chance.choice(("", "y"))
            return p(word, style, _NOUGHT if chance < 0.18 else "")
        return self._listed(word, gone=chance > 0.95, new=chance > 0.9)

    def _listed(self, word: str, *, gone: bool, new: bool) -> str:
        name, at = self.place
        if self.chance.random() < 0.15:
            name, at = self.chance.choice(self.lists)[0], 0
        depth = dict(self.lists)[name]
        self.place = name, max(0, min(depth - 1, at + self.chance.choice(_STEPS)))
        kind = "del" if gone else "ins"
        if not new or name in self.anew:
            return p(word, number=self.place)
        run = changed(kind, r(word, tag="delText" if gone else "t"))
        return p(run, "", f"<w:rPr>{changed(kind, '')}</w:rPr>", number=self.place)


def _all(at: int) -> str:
    """A number that names all the levels above."""
    return ".".join(f"%{upper + 1}" for upper in range(at + 1))
