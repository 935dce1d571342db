"""Reads the question bank from its YAML data files.

The folder holds `types.yaml` (the interview types and their tracks), one folder a type with one
file a track (`behavioral/failure.yaml`, `technical/python.yaml`, ...), each a list of questions,
and `samples/` with a strong and a weak answer to some of them. Nothing here touches the database:
seeding compares `content_hash` with what is stored.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

QuestionType = Literal[
    "technical", "behavioral", "hr", "system_design", "situational", "leadership"
]
Difficulty = Literal["easy", "medium", "hard"]
FollowUpKind = Literal["clarify", "challenge", "quantify"]

# The loader in C, where the wheel has it, reads the bank ten times as fast.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
TYPES_FILE = "types.yaml"
SAMPLES_FOLDER = "samples"
DATA_FOLDER = Path(__file__).parent / "data"

_Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$", max_length=40)]
_Identifier = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$", max_length=80)
]
_Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400, strict=True)
]
_Phrase = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=2, max_length=60, strict=True)
]
_Answer = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=60, max_length=3000, strict=True)
]


class BankError(Exception):
    """A bank file that cannot be read or does not keep the format.

    file: the file's name with its folder's. question_id: the question's id, or its place ("#3")
    when it has none, None when the fault is of the whole file. field: dotted path inside the
    question, None when the fault is of the whole file. detail: one plain sentence.
    """

    def __init__(
        self, file: str, detail: str, *, question_id: str | None = None, field: str | None = None
    ) -> None:
        where = ", ".join(part for part in (file, question_id, field) if part)
        super().__init__(f"{where}: {detail}")
        self.file = file
        self.question_id = question_id
        self.field = field
        self.detail = detail


class _Strict(BaseModel):
    """Read-only, and an unknown key is a fault: a mistyped one would otherwise vanish."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class BankTrack(_Strict):
    """A subject inside a type, such as `conflict` inside `behavioral`."""

    id: _Slug
    title: _Line


class BankType(_Strict):
    """An interview type as the practice page shows it, with its tracks in display order."""

    type: QuestionType
    title: _Line
    description: _Line
    tracks: tuple[BankTrack, ...] = Field(min_length=1)


class BankKeyPoint(_Strict):
    """One thing a good answer contains.

    text: the point as shown to the candidate after the answer. phrases: words and short phrases
    a speaker would use to make the point, lower-case; any of them counts as a sign of it.
    """

    text: _Line
    phrases: tuple[_Phrase, ...] = Field(min_length=1, max_length=16)


class BankFollowUp(_Strict):
    """A question to ask after the answer, and what it is for."""

    kind: FollowUpKind
    text: _Line


class BankQuestion(_Strict):
    """One reviewed question with its answer key. `time_guide_seconds` is a good answer's length."""

    id: _Identifier
    type: QuestionType
    track: _Slug
    difficulty: Difficulty
    competencies: tuple[_Slug, ...] = Field(min_length=1, max_length=5)
    text: _Line
    why: _Line
    key_points: tuple[BankKeyPoint, ...] = Field(min_length=4, max_length=7)
    red_flags: tuple[_Line, ...] = Field(min_length=2, max_length=3)
    follow_ups: tuple[BankFollowUp, ...] = Field(min_length=2, max_length=3)
    tips: tuple[_Line, ...] = Field(min_length=2, max_length=3)
    time_guide_seconds: int = Field(ge=30, le=900)


class BankSample(_Strict):
    """What a strong and a weak candidate might say to one question, as it is spoken.

    Written for the tests of the scorer and of the feedback, never shown as a model to follow and
    never put into a prompt.
    """

    question: _Identifier
    strong: _Answer
    weak: _Answer


def load_bank(folder: Path | None = None) -> list[BankQuestion]:
    """All questions of the bank, in the order of the types, their tracks' files and the files.

    folder: another data folder; the bundled one when None. Raises `BankError` for a file that is
    missing, is not YAML, does not keep the format, or repeats an id.
    """
    root = folder or DATA_FOLDER
    files = sorted(path for path in root.glob("*/*.yaml") if path.parent.name != SAMPLES_FOLDER)
    if not files:
        raise BankError(root.name, "the folder holds no question files.")
    questions: list[BankQuestion] = []
    seen: dict[str, str] = {}
    for path in files:
        for question in _read_items(path, BankQuestion, "id"):
            if question.id in seen:
                raise BankError(
                    _name(path),
                    f"the id is already used in {seen[question.id]}.",
                    question_id=question.id,
                    field="id",
                )
            _require_place(path, question)
            seen[question.id] = _name(path)
            questions.append(question)
    return questions


def load_samples(folder: Path | None = None) -> list[BankSample]:
    """A strong and a weak answer to some of the questions. Raises `BankError`."""
    samples: list[BankSample] = []
    for path in sorted(((folder or DATA_FOLDER) / SAMPLES_FOLDER).glob("*.yaml")):
        samples += _read_items(path, BankSample, "question")
    return samples


def load_types(folder: Path | None = None) -> list[BankType]:
    """The interview types with their tracks, in display order. Raises `BankError`."""
    return _read_items((folder or DATA_FOLDER) / TYPES_FILE, BankType, "type")


def content_hash(question: BankQuestion) -> str:
    """A 64-digit hexadecimal SHA-256 of the question's content.

    The same on any machine and for any order of keys in the file; any change of a value, also of
    the order inside a list, changes it.
    """
    canonical = json.dumps(
        question.model_dump(mode="json"), sort_keys=True, separators=(",", ":"), ensure_ascii=True
    )
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


_Item = TypeVar("_Item", bound=BaseModel)


def _name(path: Path) -> str:
    return path.name if path.name == TYPES_FILE else f"{path.parent.name}/{path.name}"


def _require_place(path: Path, question: BankQuestion) -> None:
    """A question stands where its type and track say, so that one finds it by looking."""
    where = f"{question.type}/{question.track}.yaml"
    if _name(path) != where:
        raise BankError(
            _name(path), f"the question belongs in {where}.", question_id=question.id, field="type"
        )


def _read_items(path: Path, model: type[_Item], name_key: str) -> list[_Item]:
    raw = _read_yaml(path)
    if not isinstance(raw, list) or not raw:
        raise BankError(_name(path), "the file must hold a list with at least one entry.")
    return [_validated(path, place, item, model, name_key) for place, item in enumerate(raw, 1)]


def _read_yaml(path: Path) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - safe
    except (OSError, UnicodeDecodeError) as fault:
        raise BankError(_name(path), f"the file cannot be read: {fault}.") from fault
    except yaml.YAMLError as fault:
        raise BankError(_name(path), f"the file is not valid YAML: {fault}") from fault


def _validated(path: Path, place: int, item: Any, model: type[_Item], name_key: str) -> _Item:
    name = item.get(name_key) if isinstance(item, dict) else None
    question_id = name if isinstance(name, str) else f"#{place}"
    try:
        return model.model_validate(item)
    except ValidationError as fault:
        first = fault.errors()[0]
        raise BankError(
            _name(path),
            f"{first['msg']}.",
            question_id=question_id,
            field=".".join(str(part) for part in first["loc"]) or None,
        ) from fault
