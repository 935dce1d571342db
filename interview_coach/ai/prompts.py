"""Prompts as versioned files, and the rule that what a user wrote is data in them.

A prompt is `prompts/<name>.v<version>.md`: a head of settings, then what the engine is told, then
the task with `{{slots}}`. A slot is filled with a trusted word of ours or with a block of data:
text of a user between marks that carry a number drawn for this one call, so that no text can
pretend to end its block.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from interview_coach.scoring.injection import instruction_spans

FOLDER = Path(__file__).with_name("prompts")
_FILE = re.compile(r"^(?P<name>[a-z_]+)\.v(?P<version>\d+)\.md$")
_PARTS = re.compile(
    r"\A---\n(?P<head>.*?)\n---\n# System\n(?P<system>.*?)\n# Task\n(?P<task>.*)\Z", re.DOTALL
)
_SLOT = re.compile(r"\{\{([a-z_]+)\}\}")
_NONCE = "nonce"
_MOST_LETTERS = 60_000
_WORD = re.compile(r"[\w']+")


@dataclass(frozen=True, slots=True)
class Data:
    """Text that somebody else wrote: a candidate, a job ad, a resume, a recogniser."""

    text: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt as it stands in its file. seconds: for all engines together."""

    name: str
    version: int
    temperature: float
    most_tokens: int
    seconds: float
    system: str
    task: str

    @property
    def label(self) -> str:
        """Name and version, as the ledger and the results name it."""
        return f"{self.name}.v{self.version}"

    @property
    def slots(self) -> frozenset[str]:
        """What has to be filled in."""
        return frozenset(_SLOT.findall(self.system + self.task)) - {_NONCE}

    def render(self, values: Mapping[str, str | Data]) -> tuple[str, str]:
        """System text and task with every slot filled; ValueError when the slots do not fit."""
        if set(values) != self.slots:
            raise ValueError(f"{self.label} has the slots {sorted(self.slots)}")
        nonce = secrets.token_hex(8)
        filled = {
            name: _block(name, value.text, nonce) if isinstance(value, Data) else value
            for name, value in values.items()
        }
        filled[_NONCE] = nonce

        def fill(text: str) -> str:
            # In one pass: what is filled in is never searched for slots.
            return _SLOT.sub(lambda found: filled[found.group(1)], text).strip()

        return fill(self.system), fill(self.task)


def _block(name: str, text: str, nonce: str) -> str:
    cleaned = clean(text)
    warning = ""
    if count := instruction_count(cleaned):
        warning = f' instruction-like="{count}"'
    return f'<data-{nonce} name="{name}"{warning}>\n{cleaned}\n</data-{nonce}>'


def clean(text: str) -> str:
    """The text without what cannot be seen: control signs, direction marks, hidden letters."""
    seen = "".join(
        sign
        for sign in unicodedata.normalize("NFC", text)
        if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cf", "Co", "Cs", "Cn"}
    )
    return seen[:_MOST_LETTERS].strip()


def instruction_count(text: str) -> int:
    """How many phrases of a text speak to a grader instead of answering."""
    words = [word.replace("'", "").casefold() for word in _WORD.findall(text)]
    return len(instruction_spans(words))


@lru_cache(maxsize=32)
def load_prompt(name: str) -> Prompt:
    """The newest version of a prompt; LookupError for a name there is none of."""
    found: dict[int, Path] = {}
    for file in FOLDER.iterdir():
        match = _FILE.match(file.name)
        if match is not None and match["name"] == name:
            found[int(match["version"])] = file
    if not found:
        raise LookupError(f"there is no prompt {name!r}")
    version = max(found)
    return read_prompt(name, version, found[version].read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def smallest_answer() -> int:
    """The fewest tokens that any prompt's answer may have at most."""
    names = {match["name"] for file in FOLDER.iterdir() if (match := _FILE.match(file.name))}
    return min(load_prompt(name).most_tokens for name in names)


def read_prompt(name: str, version: int, text: str) -> Prompt:
    """A prompt from the text of its file; ValueError when it has not the three parts."""
    parts = _PARTS.match(text)
    if parts is None:
        raise ValueError(f"{name}.v{version}: head, # System and # Task are needed")
    head = yaml.safe_load(parts["head"])
    return Prompt(
        name=name,
        version=version,
        temperature=float(head["temperature"]),
        most_tokens=int(head["most_tokens"]),
        seconds=float(head["seconds"]),
        system=parts["system"].strip(),
        task=parts["task"].strip(),
    )
