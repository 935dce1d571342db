"""The measured lane on the command line: scores from text lines, measures from a sound file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from interview_coach.kit.errors import CoachError


def score_lines(
    lines: Iterable[str], put: Callable[[str], None], tell: Callable[[str], None]
) -> int:
    """One line of JSON to `put` for each line that is not blank; the exit code.

    A line that cannot be scored ends the run with 1 and one line why to `tell`, after the results
    of the lines before it.
    """
    from interview_coach.scoring.lines import score_json_line

    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            put(json.dumps(score_json_line(json.loads(line)), ensure_ascii=False))
        except ValueError as error:
            tell(f"line {number}: {error}")
            return 1
    return 0


def measure_file(audio: Path, words_file: Path | None) -> str:
    """The measures of a recording as one line of JSON. Raises CoachError with a plain reason."""
    words = None if words_file is None else _read_words(words_file)
    if not audio.is_file():
        raise CoachError("no_file", f"There is no file {audio}.")
    # After the cheap checks: these load the decoder.
    from interview_coach.speech.decode import decode
    from interview_coach.speech.measure import measure_json
    from interview_coach.speech.types import SpeechError, Word

    timed = None if words is None else [Word(**item) for item in words]
    try:
        return json.dumps(measure_json(decode(audio), timed))
    except SpeechError as error:
        raise CoachError(error.code, f"{audio}: {error.detail}") from error


def _read_words(file: Path) -> list[dict[str, Any]]:
    """The items of a words file as arguments of speech.types.Word.

    The file is a JSON list of `{word, start, end, probability?}`, or an object that holds one
    under `words`.
    """
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise CoachError("words_file", f"{file} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise CoachError("words_file", f"{file} is not JSON: {error}.") from error
    items = content.get("words") if isinstance(content, dict) else content
    if not isinstance(items, list):
        raise CoachError("words_file", f"{file} holds no list of words.")
    return [_word(file, number, item) for number, item in enumerate(items, start=1)]


def _word(file: Path, number: int, item: Any) -> dict[str, Any]:
    try:
        chance = item.get("probability")
        return {
            "text": str(item["word"]),
            "start": float(item["start"]),
            "end": float(item["end"]),
            "probability": None if chance is None else float(chance),
        }
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise CoachError(
            "words_file", f"{file}: word {number} needs word, start and end in seconds."
        ) from error
