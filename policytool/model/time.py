"""Periods as people write them: "12 months"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Unit: TypeAlias = Literal["week", "month", "year"]


@dataclass(frozen=True, slots=True)
class Duration:
    """A whole number of weeks, months or years, at least one."""

    count: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.count} {self.unit}{'' if self.count == 1 else 's'}"
