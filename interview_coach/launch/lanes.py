"""The measured lane on the command line: scores from text lines, measures from a sound file."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from interview_coach.kit.errors import CoachError

if TYPE_CHECKING:
    from interview_coach.scoring.types import Meaning
    from interview_coach.settings import Settings


def meaning_for(settings: Settings) -> Meaning:
    """The embedding model the settings name, loaded. Raises CoachError when there is none."""
    from interview_coach.ai import text_models
    from interview_coach.ai.meaning import EmbeddingMeaning

    named = text_models.named_models(settings)
    model = next((each for each in named if each.purpose == "embedding"), None)
    if model is None:
        raise CoachError(
            "no_model", "No embedding model is named: give a hub name or a folder in "
            "COACH_EMBEDDING_MODEL."
        )  # fmt: skip
    if model.folder is None:
        raise CoachError("no_model", f"{model.name} is not here: ./coach models pull fetches it.")
    loaded = text_models.load(model, settings, threads=os.cpu_count() or 1)
    if not isinstance(loaded, EmbeddingMeaning):
        raise CoachError("no_model", f"{model.name} is no embedding model.")
    return loaded


def score_lines(
    lines: Iterable[str],
    put: Callable[[str], None],
    tell: Callable[[str], None],
    meaning: Meaning | None = None,
) -> int:
    """One line of JSON to `put` for each line that is not blank; the exit code.

    meaning: compares meanings beside the words, None for the words alone. A line that cannot be
    scored ends the run with 1 and one line why to `tell`, after the results of the lines before.
    """
    from interview_coach.scoring.lines import score_json_line

    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            put(json.dumps(score_json_line(json.loads(line), meaning), ensure_ascii=False))
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
