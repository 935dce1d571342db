"""What the checks of the question bank report."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One fault. where: question id, type, or file name. field: dotted path inside it, or ''."""

    rule: str
    where: str
    field: str
    message: str

    def __str__(self) -> str:
        place = f"{self.where}.{self.field}" if self.field else self.where
        return f"{self.rule}: {place}: {self.message}"
