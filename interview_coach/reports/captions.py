"""The words of a spoken answer as captions: SubRip text, in lines one can read as they are said.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from interview_coach.speech.types import Word

MOST_LETTERS = 42
MOST_LINES = 2
MOST_SECONDS = 6.0
NEW_AFTER_PAUSE_SECONDS = 0.7
_ENDS = (
    ".",
    "?",
    "!",
    "\N{DEVANAGARI DANDA}",
    "\N{IDEOGRAPHIC FULL STOP}",
    "\N{ARABIC QUESTION MARK}",
)
_LEAST_SECONDS = 0.4


@dataclass(frozen=True, slots=True)
class Caption:
    """Words that stand together: from `start` to `end`, in seconds."""

    start: float
    end: float
    words: tuple[str, ...]


def captions_of(words: Sequence[Word]) -> list[Caption]:
    """The words as captions: a new one after a sentence, a pause, two full lines or six seconds."""
    found: list[Caption] = []
    run: list[Word] = []
    for word in words:
        if not word.text.strip():
            continue
        if run and _ends_before(run, word):
            found.append(_caption(run))
            run = []
        run.append(word)
    if run:
        found.append(_caption(run))
    return list(_shown_long_enough(found))


def _ends_before(run: Sequence[Word], word: Word) -> bool:
    last = run[-1]
    texts = [_clean(each.text) for each in (*run, word)]
    return (
        last.text.strip().endswith(_ENDS)
        or word.start - last.end >= NEW_AFTER_PAUSE_SECONDS
        or word.end - run[0].start > MOST_SECONDS
        or len(lines_of(texts)) > MOST_LINES
    )


def _caption(run: Sequence[Word]) -> Caption:
    end = max(word.end for word in run)
    return Caption(run[0].start, end, tuple(_clean(word.text) for word in run))


def _shown_long_enough(captions: Sequence[Caption]) -> Iterator[Caption]:
    """No caption is gone before it can be seen, and none stands over the next one."""
    for place, caption in enumerate(captions):
        later = captions[place + 1].start if place + 1 < len(captions) else float("inf")
        end = min(max(caption.end, caption.start + _LEAST_SECONDS), later)
        yield Caption(caption.start, max(end, caption.start + 0.001), caption.words)


def lines_of(words: Sequence[str]) -> list[str]:
    """The words in lines of at most MOST_LETTERS, a longer word in a line of its own."""
    lines: list[str] = []
    for word in words:
        if lines and len(lines[-1]) + 1 + len(word) <= MOST_LETTERS:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines


def srt_of(captions: Sequence[Caption]) -> str:
    """The captions as a SubRip file; empty text for none."""
    blocks = [
        "\n".join(
            [str(number), f"{_clock(each.start)} --> {_clock(each.end)}", *lines_of(each.words)]
        )
        for number, each in enumerate(captions, start=1)
    ]
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _clean(text: str) -> str:
    """A word on one line, that cannot be taken for the times of a caption."""
    return " ".join(text.split()).replace("-->", "->")


def _clock(seconds: float) -> str:
    milliseconds = round(max(0.0, seconds) * 1000)
    whole, rest = divmod(milliseconds, 1000)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d},{rest:03d}"
