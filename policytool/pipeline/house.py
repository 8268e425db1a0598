"""The settings -> the house style they name, loaded, and what is wrong with it at the place where it is named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from policytool.model.diagnostic import Diagnostic, Finding
from policytool.model.house import PLAIN, Crest, Face, HouseStyle
from policytool.model.inline import Position
from policytool.model.settings import House
from policytool.model.word_template import WordTemplate
from policytool.parse.findings import (
    HOUSE_FILE_LARGE,
    HOUSE_FILE_MISSING,
    HOUSE_FILE_OUTSIDE,
    TEMPLATE_LOSES,
    UNFIT_CREST,
    UNFIT_FONT,
    UNFIT_TEMPLATE,
)
from policytool.store.assets import Asset
from policytool.store.files import SETTINGS

Fetch: TypeAlias = Callable[[str, int, tuple[str, ...]], list[Asset]]
"""A path, the most bytes, and the endings of what is taken from a folder -> the files."""


def house_style(house: House, fetch: Fetch, places: Mapping[str, Position]) -> tuple[HouseStyle, list[Diagnostic]]:
    """The house style in the files that `fetch` gives; `places` tells where the settings name them."""
    if not (house.word or house.crest or house.font):
        return PLAIN, []
    loading = _Loading(house, fetch, places)
    return HouseStyle(loading.word(), loading.crest(), loading.faces()), loading.diagnostics


@dataclass(slots=True)
class _Loading:
    """What was found wrong while files are fetched and read. The readers are imported when they are needed."""

    house: House
    fetch: Fetch
    places: Mapping[str, Position]
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def word(self) -> WordTemplate | None:
        if not self.house.word:
            return None
        from policytool.parse.house.template import MOST_BYTES, template

        for asset in self._files("word", self.house.word, MOST_BYTES):
            made, problems = template(asset.content)
            finding = UNFIT_TEMPLATE if made is None else TEMPLATE_LOSES
            self._tell("word", finding, ((f"`{asset.path}`: {each.message}", each.advice) for each in problems))
            return made
        return None

    def crest(self) -> Crest | None:
        if not self.house.crest:
            return None
        from policytool.parse.house.crest import MOST_BYTES, crest

        for asset in self._files("crest", self.house.crest, MOST_BYTES):
            made, problems = crest(asset.content)
            self._tell("crest", UNFIT_CREST, ((f"`{asset.path}`: {each.message}", each.advice) for each in problems))
            return made
        return None

    def faces(self) -> tuple[Face, ...]:
        if not self.house.font:
            return ()
        from policytool.parse.house.font import ENDINGS, MOST_BYTES, faces

        files = self._files("font", self.house.font, MOST_BYTES, ENDINGS)
        made, problems = faces((asset.path, asset.content) for asset in files)
        self._tell("font", UNFIT_FONT, problems)
        return made

    def _files(self, name: str, path: str, most: int, endings: tuple[str, ...] = ()) -> list[Asset]:
        """The files that could be fetched; of each other it is told why not."""
        found = self.fetch(path, most, endings)
        if not found:
            self._tell(name, HOUSE_FILE_MISSING, [(f"`{path}` holds no file that ends in {' or '.join(endings)}", "")])
        for asset in found:
            if asset.outside:
                self._tell(name, HOUSE_FILE_OUTSIDE, [(f"`{asset.path}` leads out of the repository", "")])
            elif asset.is_large:
                self._tell(name, HOUSE_FILE_LARGE, [(f"`{asset.path}` is larger than {most // 1_000_000} MB", "")])
            elif asset.problem:
                self._tell(name, HOUSE_FILE_MISSING, [(f"cannot read `{asset.path}`: {asset.problem}", "")])
        return [asset for asset in found if not (asset.outside or asset.is_large or asset.problem)]

    def _tell(self, name: str, finding: Finding, problems: Iterable[tuple[str, str]]) -> None:
        where = self.places.get(f"house.{name}")
        for message, advice in problems:
            self.diagnostics.append(finding.at(SETTINGS, where, message, advice))
