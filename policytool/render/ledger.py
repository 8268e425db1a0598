"""Entries -> lines of the ledger (`reviews/reminders.jsonl`). No name and no address stands in them."""

from __future__ import annotations

import json
from collections.abc import Iterable

from policytool.model.reminder import Entry


def lines(entries: Iterable[Entry]) -> str:
    """A line of JSON an entry, in ASCII, each ended; its fields in the same order always."""
    return "".join(f"{_line(entry)}\n" for entry in entries)


def _line(entry: Entry) -> str:
    return json.dumps(
        {
            "day": entry.day.isoformat(),
            "step": entry.step,
            "role": entry.role,
            "holder": entry.holder,
            "policy": entry.policy,
            "cycle": entry.cycle,
            "due": None if entry.due is None else str(entry.due),
            "lead": entry.lead,
            "message-id": entry.message_id,
            "digest": entry.digest,
        }
    )
