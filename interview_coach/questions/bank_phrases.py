"""Checks the phrases of the question bank: would an answer that misses the point hold them too?

Phrases are read as the scorer reads them (`scoring.relevance.proof_of`): small words and the words
of the question weigh nothing there, so `the outage` is met by `outage`; a phrase of several words
of which one everyday word is left counts as it stands only. What is judged here is what is left.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from interview_coach.questions.bank import BankQuestion, BankSample
from interview_coach.questions.bank_finding import Finding
from interview_coach.questions.bank_words import content_words, count_words, everyday_words
from interview_coach.scoring.relevance import Proof, proof_of, text_proof
from interview_coach.scoring.topic import content_words as scored_words
from interview_coach.scoring.vocabulary import GENERIC_WEIGHT, stem

MINIMUM_PHRASES = 3
LONGEST_PHRASE_WORDS = 5
# Of the sample answers to other questions (a phrase, a key point's own words), and of the other
# questions of the type.
LARGEST_SHARE_OF_OTHER_ANSWERS = 0.04
LARGEST_SHARE_OF_ANSWERS_WITH_TEXT = 0.08
LARGEST_SHARE_OF_OTHER_QUESTIONS = 0.125
# What one word must weigh to be enough for a point.
_ENOUGH = 1.0

_EVERYDAY = frozenset(stem(word) for word in everyday_words())
_COUNTS = frozenset(stem(word) for word in count_words())


def check_phrases(question: BankQuestion) -> Iterator[Finding]:
    """The findings that concern the phrases of one question alone."""
    asked = content_words(question.text)
    owner: dict[frozenset[str], int] = {}
    for place, point in enumerate(question.key_points):
        path = f"key_points.{place}.phrases"
        if len(point.phrases) < MINIMUM_PHRASES:
            message = f"{len(point.phrases)} phrase; {MINIMUM_PHRASES} are needed."
            yield Finding("phrases", question.id, path, message)
        for phrase in point.phrases:
            words = content_words(phrase)
            yield from _form(question.id, path, phrase)
            if not words:
                message = f"{phrase!r} has only small words, any answer contains them."
                yield Finding("phrase-empty", question.id, path, message)
            elif words <= asked:
                message = f"{phrase!r} only repeats the question."
                yield Finding("phrase-parrot", question.id, path, message)
            elif is_weak(proof_of(phrase, question.text)):
                message = f"{phrase!r} is an everyday word, a number or a time, it fits any answer."
                yield Finding("phrase-weak", question.id, path, message)
            elif words in owner:
                message = f"{phrase!r} is already a phrase of key point {owner[words]}."
                yield Finding("phrase-repeat", question.id, path, message)
            owner.setdefault(words, place)


def check_common_phrases(
    questions: Sequence[BankQuestion], samples: Sequence[BankSample]
) -> Iterator[Finding]:
    """The phrases that answers to other questions hold too, as the sample answers show it, and
    the bare words that so many questions of a type look for that they tell none from another."""
    answers = {sample.question: _Heard(sample.strong) for sample in samples}
    most_answers = LARGEST_SHARE_OF_OTHER_ANSWERS * len(answers)
    users = _users_of_words(questions)
    sizes = Counter(question.type for question in questions)
    for question, path, phrase in _all(questions):
        proof = proof_of(phrase, question.text)
        holders = [
            name for name, answer in answers.items() if name != question.id and answer.holds(proof)
        ]
        alone = _one_word(proof)
        others = len(users[question.type, alone] - {question.id}) if alone else 0
        if len(holders) > max(most_answers, 1):
            message = (
                f"{phrase!r} is held by {len(holders)} answers to other questions,"
                f" such as {holders[0]}."
            )
            yield Finding("phrase-common", question.id, path, message)
        elif others > max(LARGEST_SHARE_OF_OTHER_QUESTIONS * sizes[question.type], 2):
            message = f"{phrase!r} is one word that {others} other {question.type} questions hold."
            yield Finding("phrase-common", question.id, path, message)


def check_common_points(
    questions: Sequence[BankQuestion], samples: Sequence[BankSample]
) -> Iterator[Finding]:
    """The key points whose own text comes to one word that many answers to other questions hold:
    the text is looked for like a phrase."""
    answers = {sample.question: _Heard(sample.strong) for sample in samples}
    most = max(LARGEST_SHARE_OF_ANSWERS_WITH_TEXT * len(answers), 1)
    for question in questions:
        for place, point in enumerate(question.key_points):
            for root in sorted(text_proof(point.text, question.text)):
                number = sum(
                    answer.says(root) for name, answer in answers.items() if name != question.id
                )
                if number > most:
                    message = (
                        f"{point.text!r} comes to {root!r}, which {number} answers to other"
                        " questions hold."
                    )
                    yield Finding("point-common", question.id, f"key_points.{place}.text", message)


def is_weak(proof: Proof) -> bool:
    """Whether all that is left of a phrase is one everyday word, or numbers and times."""
    weights = proof.weights
    telling = set(weights) - _COUNTS
    heavy = {root for root in telling if weights[root] > GENERIC_WEIGHT}
    if not telling:
        return 1 <= len(weights) <= 2
    if len(weights) == 1 or sum(weights.values()) >= _ENOUGH:
        return len(telling) == 1 and len(weights) <= 2 and (heavy or telling) <= _EVERYDAY
    return False


def _one_word(proof: Proof) -> str | None:
    """The word that is enough for the point when it stands alone, None when there is none."""
    heavy = [root for root, weight in proof.weights.items() if weight > GENERIC_WEIGHT]
    if len(heavy) == 1 == len(proof.weights) and proof.weights[heavy[0]] >= _ENOUGH:
        return heavy[0]
    return None


class _Heard:
    """An answer as far as single phrases are looked for in it."""

    def __init__(self, text: str) -> None:
        roots = [stem(word) for word in scored_words(text)]
        self._roots = frozenset(roots)
        self._line = f" {' '.join(roots)} "

    def says(self, root: str) -> bool:
        """Whether a word of that stem is said."""
        return root in self._roots

    def holds(self, proof: Proof) -> bool:
        """Whether the answer meets the phrase: word by word, or by the one word it comes to."""
        if proof.sequence and f" {' '.join(proof.sequence)} " in self._line:
            return True
        heavy = sum(weight > GENERIC_WEIGHT for weight in proof.weights.values())
        enough = sum(proof.weights.values()) >= _ENOUGH
        return enough and heavy <= 1 and self._roots.issuperset(proof.weights)


def _all(questions: Iterable[BankQuestion]) -> Iterator[tuple[BankQuestion, str, str]]:
    for question in questions:
        for place, point in enumerate(question.key_points):
            for phrase in point.phrases:
                yield question, f"key_points.{place}.phrases", phrase


def _users_of_words(questions: Iterable[BankQuestion]) -> dict[tuple[str, str], set[str]]:
    """The ids of the questions of a type whose phrases hold a stem, by (type, stem)."""
    users: dict[tuple[str, str], set[str]] = defaultdict(set)
    for question, _, phrase in _all(questions):
        for word in scored_words(phrase):
            users[question.type, stem(word)].add(question.id)
    return users


def _form(where: str, path: str, phrase: str) -> Iterator[Finding]:
    if phrase != phrase.lower():
        yield Finding("phrase-case", where, path, f"{phrase!r} is not lower-case.")
    if len(phrase.split()) > LONGEST_PHRASE_WORDS:
        message = f"{phrase!r} is longer than {LONGEST_PHRASE_WORDS} words."
        yield Finding("phrase-long", where, path, message)
