"""A generated repository -> the same with ten years of reviews: twenty files a policy.

Ten annual reviews by the headteacher, five by the governors every other year, and the five wordings that they approved,
the last of which is the text as it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

from bench.generate import policy_id
from policytool.model.fingerprint import fingerprint, wording_name
from policytool.model.record import Record
from policytool.model.time import Duration, Moment
from policytool.parse.markdown import policy as parse
from policytool.render.records import record, record_name

FIRST_YEAR, WORDINGS = 2017, 5
ANNUAL, GOVERNORS = Duration(12, "month"), Duration(24, "month")


Wordings = Callable[[str, str], Sequence[str]]
"""The id of a policy and its text -> its wordings, the oldest first; the last becomes the text as it stands."""


def editions(_name: str, text: str) -> Sequence[str]:
    """Wordings that differ in one heading, up to the text itself."""
    earlier = (text.replace("\n# Meaning", f"\n# Meaning, edition {one}", 1) for one in range(WORDINGS - 1))
    return (*earlier, text)


def write_records(root: Path, count: int, seed: int, wordings: Wordings = editions) -> int:
    """Write the records of so many generated policies; how many files that made."""
    random = Random(seed)  # noqa: S311  # not for secrets
    return sum(_policy(root, policy_id(place), random.randint(1, 12), wordings) for place in range(count))


def _policy(root: Path, name: str, month: int, wordings: Wordings) -> int:
    folder, source = root / "reviews" / name, root / "source" / f"{name}.md"
    (folder / "wording").mkdir(parents=True)
    texts = wordings(name, source.read_text("utf-8"))
    source.write_text(texts[-1], "utf-8")
    files = 0
    for edition, wording in enumerate(texts):
        approved = fingerprint(parse(wording, name, f"source/{name}.md")[0])
        (folder / "wording" / wording_name(approved)).write_text(wording, "utf-8")
        for one in _reviews(name, FIRST_YEAR + 2 * edition, month, approved):
            (folder / f"{record_name(one)}.yaml").write_bytes(record(one))
            files += 1
        files += 1
    return files


def _reviews(name: str, year: int, month: int, approved: str) -> Iterator[Record]:
    """The governors' review of a year, and the annual ones of that year and the next."""
    held = Moment(year, month)
    minute = f"FGB {year}/{month}"
    yield Record("review", name, held, "governing-board", "governors", "approved", minute, GOVERNORS, approved)
    for late in (0, 1):
        held = Moment(year + late, month)
        yield Record("review", name, held, "headteacher", "annual", "approved", "", ANNUAL, approved)
