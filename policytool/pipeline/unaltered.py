"""What git first had of each record and wording, and what stands there now -> what was altered or removed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from policytool.model.diagnostic import Diagnostic
from policytool.review import findings as found
from policytool.store.objects import Arrival, is_blob


def append_only(first: Mapping[str, Arrival], now: Mapping[str, bytes]) -> Iterator[Diagnostic]:
    """What was altered or removed since it was committed: `now` is what stands at each path."""
    by_name: dict[str, list[bytes]] = defaultdict(list)
    for path, content in now.items():
        by_name[_name(path)].append(content)
    for path, arrival in first.items():
        if not _is_record(path):
            continue
        if path in now:
            if not is_blob(now[path], arrival.blob):
                advice = "restore it, and record a correction: `policytool record POLICY --correct RECORD`"
                yield found.ALTERED.at(path, None, f"this is not what {arrival.commit[:7]} committed", advice)
        # A policy that was renamed took its folder with it.
        elif not any(is_blob(one, arrival.blob) for one in by_name[_name(path)]):
            message = f"this was committed by {arrival.commit[:7]}, and is no longer there"
            yield found.REMOVED.at(path, None, message, "restore it from git")


def _is_record(path: str) -> bool:
    """Whether it is a record or a kept wording: a file in the folder of a policy."""
    return path.endswith((".yaml", ".md")) and path.count("/") >= 2 and not path.endswith("/README.md")  # noqa: PLR2004


def _name(path: str) -> str:
    return path.rpartition("/")[2]
