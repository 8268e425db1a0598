"""Days, months, and periods as people write them: "2023-09-14", "2023-09", "12 months"."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from typing import Literal, TypeAlias

Unit: TypeAlias = Literal["week", "month", "year"]


@dataclass(frozen=True, slots=True)
class Duration:
    """A whole number of weeks, months or years, at least one."""

    count: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.count} {self.unit}{'' if self.count == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, or a whole month where nobody knows the day: `day` is then 0."""

    year: int
    month: int
    day: int = 0

    @classmethod
    def of(cls, day: date) -> Moment:
        """The moment that is this very day."""
        return cls(day.year, day.month, day.day)

    @property
    def is_month(self) -> bool:
        """Whether it is a whole month."""
        return not self.day

    @property
    def is_real(self) -> bool:
        """Whether the calendar has it: 30 February is none."""
        if not (MINYEAR <= self.year <= MAXYEAR and 1 <= self.month <= 12):  # noqa: PLR2004  # months
            return False
        return self.day <= monthrange(self.year, self.month)[1]

    @property
    def first(self) -> date:
        """Its first day: its only one, or the first of the month."""
        return date(self.year, self.month, self.day or 1)

    @property
    def last(self) -> date:
        """Its last day: its only one, or the last of the month."""
        return date(self.year, self.month, self.day or monthrange(self.year, self.month)[1])

    @property
    def told(self) -> str:
        """As people say it: "14 September 2023", "September 2023"."""
        return f"{self.day} {self.month_told}" if self.day else self.month_told

    @property
    def month_told(self) -> str:
        """Its month, as people say it: "September 2023"."""
        return f"{self.first:%B} {self.year}"

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}" + (f"-{self.day:02}" if self.day else "")
