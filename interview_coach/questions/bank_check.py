"""Checks the question bank for the faults a schema cannot see.

`python -m interview_coach.questions.bank_check` prints the counts and the findings and ends with
1 when there are any. The rules are those a reviewer would apply by hand; each names itself in
`Finding.rule`.
"""

from __future__ import annotations

import difflib
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path

from interview_coach.questions.bank import (
    BankError,
    BankQuestion,
    BankSample,
    BankType,
    Difficulty,
    load_bank,
    load_samples,
    load_types,
)
from interview_coach.questions.bank_finding import Finding
from interview_coach.questions.bank_phrases import (
    check_common_phrases,
    check_common_points,
    check_phrases,
)
from interview_coach.questions.bank_spelling import Spelling
from interview_coach.questions.bank_words import content_words

MINIMUM_PER_TYPE = 55
MINIMUM_PER_DIFFICULTY: dict[Difficulty, int] = {"easy": 14, "medium": 18, "hard": 14}
MINIMUM_PER_TECHNICAL_TRACK = 12
MINIMUM_PER_TRACK = 8
MINIMUM_PER_TRACK_AND_DIFFICULTY = 2
MINIMUM_SAMPLES_PER_TYPE = 12
# A minute or two of speech against an answer that ends too soon.
SAMPLE_WORDS = {"strong": (100, 320), "weak": (25, 140)}
MINIMUM_COMPETENCIES_PER_TYPE = 5
LARGEST_SHARE_OF_ONE_COMPETENCY = 0.6
NEAR_DUPLICATE_SHARED_WORDS = 0.6
NEAR_DUPLICATE_LIKENESS = 0.88

# Shortest and longest, in characters: shorter says nothing, longer does not fit its card.
LENGTHS = {
    "text": (20, 200),
    "why": (30, 140),
    "key_points": (8, 90),
    "red_flags": (8, 120),
    "follow_ups": (12, 140),
    "tips": (10, 120),
}


def check_folder(folder: Path | None = None) -> list[Finding]:
    """All findings for the bank in `folder` (the bundled one when None), sorted.

    A bank that cannot be loaded gives one finding of the rule `schema`: the rest needs it whole.
    """
    try:
        questions, types, samples = load_bank(folder), load_types(folder), load_samples(folder)
    except BankError as fault:
        where = fault.question_id or fault.file
        return [Finding("schema", where, fault.field or "", f"{fault.file}: {fault.detail}")]
    return sorted(
        [
            *check_bank(questions, types),
            *check_samples(samples, questions),
            *check_common_phrases(questions, samples),
            *check_common_points(questions, samples),
        ]
    )


def check_spelling(
    questions: Sequence[BankQuestion], samples: Sequence[BankSample], spelling: Spelling
) -> list[Finding]:
    """A finding for each word of the bank that is spelled as no known word is."""
    texts = [
        (question.id, [*(text for _, _, text in _lines(question)), *_all_phrases(question)])
        for question in questions
    ]
    texts += [(sample.question, [sample.strong, sample.weak]) for sample in samples]
    return [
        Finding("spelling", where, "", f"{word!r} is no word the dictionary or words.txt knows.")
        for where, lines in texts
        for word in spelling.mistakes(lines)
    ]


def check_samples(
    samples: Sequence[BankSample], questions: Sequence[BankQuestion]
) -> list[Finding]:
    """The findings on the sample answers: unknown or repeated questions, lengths, too few."""
    types = {question.id: question.type for question in questions}
    findings: list[Finding] = []
    for name, number in Counter(sample.question for sample in samples).items():
        if name not in types:
            findings.append(Finding("sample", name, "", "no question has this id."))
        if number > 1:
            findings.append(Finding("sample", name, "", "has samples twice."))
    for sample in samples:
        for field, (low, high) in SAMPLE_WORDS.items():
            words = len(getattr(sample, field).split())
            if not low <= words <= high:
                message = f"{words} words; {low} to {high} are allowed."
                findings.append(Finding("sample", sample.question, field, message))
    counts = Counter(types.get(sample.question) for sample in samples)
    for kind in sorted(set(types.values())):
        if counts[kind] < MINIMUM_SAMPLES_PER_TYPE:
            message = f"{counts[kind]} sample answers; {MINIMUM_SAMPLES_PER_TYPE} are needed."
            findings.append(Finding("sample", kind, "", message))
    return findings


def check_bank(questions: Sequence[BankQuestion], types: Sequence[BankType]) -> list[Finding]:
    """All findings for loaded questions and types, sorted; an empty list is a clean bank."""
    findings = [finding for question in questions for finding in check_question(question)]
    findings += _tracks(questions, types)
    findings += _spread(questions, types)
    findings += _duplicates(questions)
    return sorted(findings)


def check_question(question: BankQuestion) -> list[Finding]:
    """The findings that concern one question alone: id, lengths, repeats, key points."""
    return [
        *_identifier(question),
        *_lengths(question),
        *_repeats(question),
        *check_phrases(question),
    ]


def summary(questions: Sequence[BankQuestion]) -> str:
    """The counts as lines of text: each type with its difficulties, then its tracks."""
    lines = [f"{len(questions)} questions, {sum(len(q.key_points) for q in questions)} key points"]
    for kind, group in _by_type(questions).items():
        levels = Counter(question.difficulty for question in group)
        tracks = Counter(question.track for question in group)
        spread = ", ".join(f"{levels[level]} {level}" for level in MINIMUM_PER_DIFFICULTY)
        lines.append(f"{kind}: {len(group)} ({spread})")
        lines.append("  " + ", ".join(f"{track} {number}" for track, number in tracks.items()))
    return "\n".join(lines)


def _by_type(questions: Iterable[BankQuestion]) -> dict[str, list[BankQuestion]]:
    groups: dict[str, list[BankQuestion]] = defaultdict(list)
    for question in questions:
        groups[question.type].append(question)
    return dict(groups)


def _lines(question: BankQuestion) -> Iterator[tuple[str, str, str]]:
    """Every sentence of the question as (kind of field, dotted path, text)."""
    yield "text", "text", question.text
    yield "why", "why", question.why
    for place, point in enumerate(question.key_points):
        yield "key_points", f"key_points.{place}.text", point.text
    for place, text in enumerate(question.red_flags):
        yield "red_flags", f"red_flags.{place}", text
    for place, follow_up in enumerate(question.follow_ups):
        yield "follow_ups", f"follow_ups.{place}.text", follow_up.text
    for place, text in enumerate(question.tips):
        yield "tips", f"tips.{place}", text


def _all_phrases(question: BankQuestion) -> Iterator[str]:
    for point in question.key_points:
        yield from point.phrases


def _identifier(question: BankQuestion) -> Iterator[Finding]:
    start = question.type.replace("_", "-") + "-"
    if not question.id.startswith(start):
        yield Finding("id", question.id, "id", f"must begin with {start!r}.")


def _lengths(question: BankQuestion) -> Iterator[Finding]:
    for kind, path, text in _lines(question):
        low, high = LENGTHS[kind]
        if not low <= len(text) <= high:
            message = f"{len(text)} characters; {low} to {high} are allowed."
            yield Finding("length", question.id, path, message)
        if kind != "key_points" and text[-1] not in ".?!":
            yield Finding("sentence", question.id, path, "does not end as a sentence.")


def _repeats(question: BankQuestion) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for _, path, text in _lines(question):
        first = seen.setdefault(text.casefold(), path)
        if first != path:
            yield Finding("repeat", question.id, path, f"says the same as {first}.")
    kinds = Counter(follow_up.kind for follow_up in question.follow_ups)
    for kind, number in kinds.items():
        if number > 1:
            message = f"{number} of the kind {kind}; one of a kind is enough."
            yield Finding("repeat", question.id, "follow_ups", message)
    if len(set(question.competencies)) < len(question.competencies):
        yield Finding("repeat", question.id, "competencies", "names one twice.")


def _tracks(questions: Sequence[BankQuestion], types: Sequence[BankType]) -> Iterator[Finding]:
    owners: dict[str, str] = {}
    for kind in types:
        for track in kind.tracks:
            if track.id in owners:
                message = f"the track {track.id} already belongs to {owners[track.id]}."
                yield Finding("track", kind.type, "tracks", message)
            owners.setdefault(track.id, kind.type)
    used = {question.track for question in questions}
    for question in questions:
        if owners.get(question.track) != question.type:
            message = f"{question.track} is no track of {question.type}."
            yield Finding("track", question.id, "track", message)
    for track_id, kind_name in owners.items():
        if track_id not in used:
            yield Finding("track", kind_name, "tracks", f"{track_id} has no question.")


def _spread(questions: Sequence[BankQuestion], types: Sequence[BankType]) -> Iterator[Finding]:
    groups = _by_type(questions)
    for kind in types:
        group = groups.get(kind.type, [])
        if len(group) < MINIMUM_PER_TYPE:
            message = f"{len(group)} questions; {MINIMUM_PER_TYPE} are needed."
            yield Finding("count", kind.type, "", message)
        levels = Counter(question.difficulty for question in group)
        for level, needed in MINIMUM_PER_DIFFICULTY.items():
            if levels[level] < needed:
                message = f"{levels[level]} {level} questions; {needed} are needed."
                yield Finding("difficulty", kind.type, "difficulty", message)
        yield from _spread_of_tracks(kind, group)
        yield from _competencies_of_type(kind.type, group)
    everywhere = Counter(name for question in questions for name in question.competencies)
    for name in sorted(name for name, number in everywhere.items() if number == 1):
        # A name that stands alone is nearly always a misspelling of another.
        yield Finding("competency", "bank", "competencies", f"{name} is used only once.")


def _spread_of_tracks(kind: BankType, group: Sequence[BankQuestion]) -> Iterator[Finding]:
    needed = MINIMUM_PER_TECHNICAL_TRACK if kind.type == "technical" else MINIMUM_PER_TRACK
    for track in kind.tracks:
        levels = Counter(question.difficulty for question in group if question.track == track.id)
        if levels.total() < needed:
            message = f"{track.id} has {levels.total()} questions; {needed} are needed."
            yield Finding("count", kind.type, track.id, message)
        for level in MINIMUM_PER_DIFFICULTY:
            if levels[level] < MINIMUM_PER_TRACK_AND_DIFFICULTY:
                message = f"{levels[level]} {level}; {MINIMUM_PER_TRACK_AND_DIFFICULTY} are needed."
                yield Finding("difficulty", kind.type, track.id, message)


def _competencies_of_type(kind: str, group: Sequence[BankQuestion]) -> Iterator[Finding]:
    names = Counter(name for question in group for name in set(question.competencies))
    if len(names) < MINIMUM_COMPETENCIES_PER_TYPE:
        message = f"{len(names)} competencies; {MINIMUM_COMPETENCIES_PER_TYPE} are needed."
        yield Finding("competency", kind, "competencies", message)
    for name, number in names.items():
        if number > LARGEST_SHARE_OF_ONE_COMPETENCY * len(group):
            message = f"{name} is in {number} of {len(group)} questions."
            yield Finding("competency", kind, "competencies", message)


def _duplicates(questions: Sequence[BankQuestion]) -> Iterator[Finding]:
    words = [content_words(question.text) for question in questions]
    for first, second in combinations(range(len(questions)), 2):
        one, other = questions[first], questions[second]
        if one.id == other.id:
            yield Finding("duplicate", other.id, "id", "the id is used twice.")
        if one.text.casefold() == other.text.casefold():
            yield Finding("duplicate", other.id, "text", f"the same question as {one.id}.")
            continue
        shared = len(words[first] & words[second]) / (len(words[first] | words[second]) or 1)
        if shared >= NEAR_DUPLICATE_SHARED_WORDS or _likeness(one.text, other.text):
            yield Finding("near-duplicate", other.id, "text", f"nearly the same as {one.id}.")


def _likeness(one: str, other: str) -> bool:
    matcher = difflib.SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False)
    # The quick upper bounds spare nearly all pairs the slow comparison.
    return (
        matcher.real_quick_ratio() >= NEAR_DUPLICATE_LIKENESS
        and matcher.quick_ratio() >= NEAR_DUPLICATE_LIKENESS
        and matcher.ratio() >= NEAR_DUPLICATE_LIKENESS
    )


def main() -> int:
    """Prints the counts and the findings of the bundled bank; 0 when it is clean, else 1."""
    findings = check_folder()
    if not any(finding.rule == "schema" for finding in findings):
        sys.stdout.write(summary(load_bank()) + "\n")
        try:
            findings += check_spelling(load_bank(), load_samples(), Spelling())
        except ModuleNotFoundError:
            sys.stdout.write("spelling: not checked (pyspellchecker, a tool of developers)\n")
    for finding in findings:
        sys.stdout.write(f"{finding}\n")
    sys.stdout.write(f"{len(findings)} findings\n")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
