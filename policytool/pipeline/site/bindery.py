"""The work of a site, in this process or in several: texts are summed up, policies bound into pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from policytool.model.settings import Settings
from policytool.model.unable import UnableError
from policytool.pipeline.outline import Read, one_by_one
from policytool.pipeline.site.gists import Gist, Reading, gist
from policytool.pipeline.site.given import Given
from policytool.pipeline.site.ground import Ground, Use
from policytool.pipeline.site.shares import Share
from policytool.pipeline.workshop import Workshop
from policytool.store import files

if TYPE_CHECKING:
    from policytool.pipeline.site.binding import Bound


class Leaves(NamedTuple):
    """What became of the pages of a policy: the SHA-256 of each by path, and what they tell of others; or a problem.

    `remarks` tell what could not be made beside them.
    """

    digests: Mapping[str, str]
    uses: tuple[Use, ...] = ()
    share: Share = Share({}, ())
    remarks: tuple[str, ...] = ()
    problem: str = ""
    advice: str = ""


@dataclass(slots=True)
class Bindery(Workshop):
    """Sums texts up and binds policies; it must have been told the settings, or the ground, by then."""

    settings: Settings | None = None
    ground: Ground | None = None

    def told(self, common: object) -> None:
        """Hear what all have in common."""
        if isinstance(common, Settings):
            self.settings = common
        elif isinstance(common, Ground):
            self.ground = common
        else:
            Workshop.told(self, common)

    def read(self, source: files.SourceFile) -> Read:
        """Read one source, to be forgotten: its pages are made of more texts than this."""
        [found] = one_by_one([source])
        return found

    def sum_up(self, reading: Reading) -> Gist | None:
        """The gist of one text; None where it is none."""
        if self.settings is None:
            raise RuntimeError("nobody has said what the settings are")
        return gist(reading, self.settings)

    def bind(self, given: Given) -> Leaves:
        """Make all pages of one policy, and write them unless it is only tried."""
        from policytool.pipeline.site.binding import Bound  # most policies stand there already

        bound = Bound(given, self._ground)
        try:
            pages = list(bound.pages())
            if not self._ground.dry_run:
                files.write(self._ground.out, pages)
        except UnableError as error:
            return Leaves({}, problem=str(error), advice=error.advice)
        digests = {page.path: sha256(page.content).hexdigest() for page in pages}
        digests |= {one.path: one.digest for one in given.there}
        return Leaves(digests, bound.uses, share_of(bound), tuple(bound.problems))

    def share(self, given: Given) -> Share:
        """What a policy adds to the pages that tell of all, without making its own."""
        from policytool.pipeline.site.binding import Bound  # as above

        return share_of(Bound(given, self._ground))

    @property
    def _ground(self) -> Ground:
        if self.ground is None:
            raise RuntimeError("nobody has said what all pages have in common")
        return self.ground


def share_of(bound: Bound) -> Share:
    """What a policy adds to the pages that tell of all."""
    from policytool.render.site.search import weights  # as above

    return Share(weights(bound.given.card.title, bound.passages), bound.duties)
