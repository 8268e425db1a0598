"""Names of other policies in the text: several that share a word become references, those not known are told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from policytool.model.inline import Emphasis, Inline, Inlines, Reference, Strong, Text
from policytool.model.piece import Piece, Place, Remark
from policytool.parse.drafting.names import Named, Titles
from policytool.parse.drafting.surroundings import policy_id


@dataclass(slots=True)
class Citing:
    """Looks for names. `own` is the title of the policy itself; each name is told once.

    `strangers` are the titles of policies that are not known, by the ids that they could have.
    """

    titles: Titles
    own: str
    remarks: list[Remark]
    told: set[str] = field(default_factory=set)
    strangers: dict[str, str] = field(default_factory=dict)

    def pieces(self, pieces: Iterable[Piece]) -> list[Piece]:
        """The pieces with references for names that no title stands for as it is."""
        return [self._piece(piece) for piece in pieces]

    def _piece(self, piece: Piece) -> Piece:
        if piece.rows:
            rows = tuple(tuple(self._words(cell, piece.place) for cell in row) for row in piece.rows)
            return replace(piece, rows=rows)
        return replace(piece, words=self._words(piece.words, piece.place))

    def _words(self, words: Inlines, place: Place) -> Inlines:
        made: list[Inline] = []
        for one in words:
            if isinstance(one, Text):
                made += self._text(one.text, place)
            elif isinstance(one, Strong | Emphasis):
                made.append(type(one)(self._words(one.children, place)))
            else:
                made.append(one)
        return tuple(made)

    def _text(self, text: str, place: Place) -> Sequence[Inline]:
        if "olic" not in text and "Conduct" not in text:
            return [Text(text)]
        made, at = list[Inline](), 0
        for name in self.titles.in_prose(text):
            if not name.policy:
                self.tell(name, place)
            elif name.name != text[name.start : name.end]:  # the title itself is made a link later, as in any text
                made += [Text(text[at : name.start])] if text[at : name.start] else []
                made.append(Reference(name.policy, "", (Text(text[name.start : name.end]),)))
                at = name.end
        return [*made, *([Text(text[at:])] if text[at:] else [])]

    def tell(self, name: Named, place: Place | None) -> None:
        """Say of a name, once, that it is not known, and what is to be done."""
        key = self.titles.key(name.name)
        if not key or key in self.told or key == self.titles.key(self.own):
            return
        self.told.add(key)
        message = f"“{name.name}” is no policy known here"
        if name.like:
            message += f"; `{name.like}` is like it: look whether it is the same"
        else:
            self.strangers[policy_id(name.name)] = name.name
            message += f": it could be `{policy_id(name.name)}` under `elsewhere:`"
        self.remarks.append(Remark("guessed" if name.like else "look", place, message))
