"""Skills and ways of working that a job ad or a resume names, found as words of a curated list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from interview_coach.questions.bank import LOADER

_FILE = Path(__file__).with_name("skills.yaml")
_LONGEST_QUOTE = 160
# A line ends at a line break, at a sign of a list, and at the end of a sentence.
_LINE = re.compile(r"[^\n\r•·]+?(?:[.!?](?=\s)|(?=[\n\r•·])|\Z)")
_WANTED = re.compile(
    r"\b(must|required?|requirements?|essential|you (?:have|bring|know)|experience|experienced|"
    r"proficien\w+|expert\w*|strong|solid|deep|fluent|knowledge|years)\b",
    re.IGNORECASE,
)
_OPTIONAL = re.compile(
    r"\b(nice to have|a plus|bonus|preferred|preferably|desirable|ideally|optional|advantage)\b",
    re.IGNORECASE,
)
_MOST_COUNTED = 3
_MARKS = " \t-*>\u2013\u2014"


@dataclass(frozen=True, slots=True)
class Skill:
    """One entry of the list. kind: tool, field or way. track: of technical questions on it.
    builds: whether a system can be said to rest on it.

    words: how it is named; one with a capital letter counts as it is written only. ideas, pains,
    beside: how it works, what goes wrong with it, what else there is, as a speaker would say it.
    """

    id: str
    title: str
    kind: str
    words: tuple[str, ...]
    ideas: tuple[str, ...]
    pains: tuple[str, ...]
    beside: tuple[str, ...] = ()
    track: str | None = None
    competencies: tuple[str, ...] = ()
    builds: bool = True

    @property
    def kinds(self) -> frozenset[str]:
        """What a template may ask for: the kind, and whether systems rest on it."""
        built = self.builds and self.kind != "way"
        return frozenset((self.kind, *(("built", f"built_{self.kind}") if built else ())))


@dataclass(frozen=True, slots=True)
class Mention:
    """A skill as a text names it. quote: the line, as it stands there. weight: how much the text
    makes of it, above 0. place: of the first mention, in letters."""

    skill: Skill
    quote: str
    weight: float
    place: int


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The entries of one of our own data files, their lists as tuples."""
    rows = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - safe
    return [
        {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
        for row in rows
    ]


@lru_cache(maxsize=1)
def all_skills() -> tuple[Skill, ...]:
    """The whole list, in the order of its file."""
    return tuple(Skill(**row) for row in read_rows(_FILE))


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[Skill, tuple[tuple[str, bool, re.Pattern[str]], ...]], ...]:
    return tuple((skill, tuple(_pattern(word) for word in skill.words)) for skill in all_skills())


def _pattern(word: str) -> tuple[str, bool, re.Pattern[str]]:
    """A word, whether its case counts, and what finds it as a whole word."""
    as_written = word != word.casefold()
    flags = 0 if as_written else re.IGNORECASE
    # "C" in "C++" and "Java" in "JavaScript" are other words; "SQL" in "PL/SQL" is one.
    return word, as_written, re.compile(rf"(?<![\w+#]){re.escape(word)}(?![\w+#])", flags)


def find(text: str) -> list[Mention]:
    """The skills a text names, those it makes most of first."""
    lowered = text.casefold()
    lines = [(found.start(), found.group()) for found in _LINE.finditer(text)]
    told = [(start, line) for start, line in lines if line.strip()]
    mentions: list[Mention] = []
    for skill, words in _patterns():
        near = [
            pattern
            for word, as_written, pattern in words
            if (word in text if as_written else word in lowered)
        ]
        if near and (mention := _mention(skill, near, told)) is not None:
            mentions.append(mention)
    return sorted(mentions, key=lambda mention: (-mention.weight, mention.place))


def _mention(
    skill: Skill, patterns: list[re.Pattern[str]], lines: list[tuple[int, str]]
) -> Mention | None:
    hits = [
        (start, line, found)
        for start, line in lines
        if (found := _first(patterns, line)) is not None
    ]
    if not hits:
        return None
    weight = 1.0 + 0.4 * min(_MOST_COUNTED, len(hits) - 1)
    weight += max(_emphasis(line) for _, line, _ in hits)
    if lines[0][0] == hits[0][0]:
        weight += 1.0  # the first line of an ad is its title
    start, line, found = max(hits, key=lambda hit: (_emphasis(hit[1]), -hit[0]))
    return Mention(skill, _around(line, found), round(weight, 2), start + found.start())


def _first(patterns: list[re.Pattern[str]], line: str) -> re.Match[str] | None:
    return next((found for pattern in patterns if (found := pattern.search(line))), None)


def _emphasis(line: str) -> float:
    if _OPTIONAL.search(line):
        return -0.5
    return 1.0 if _WANTED.search(line) else 0.0


def _around(line: str, found: re.Match[str]) -> str:
    """The line, or as much of it around the word as can be shown; always a part of the text."""
    if len(line.strip()) <= _LONGEST_QUOTE:
        return line.strip(_MARKS)
    room = (_LONGEST_QUOTE - len(found.group())) // 2
    first = max(0, found.start() - room)
    last = min(len(line), found.end() + room)
    first = line.find(" ", first, found.start()) + 1 if first else 0
    cut = line.rfind(" ", found.end(), last) if last < len(line) else last
    return line[first : cut if cut > 0 else last].strip(_MARKS)
