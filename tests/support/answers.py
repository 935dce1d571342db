"""Answers made up for tests of the scorer: many topics, tiers and disfluencies, seeded.

`make_answers(count)` gives the same answers every time. Sentences are joined from pools, so an
answer can be built without its result, swapped with another question's, or made vague.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.support.answer_topics import PADDING, TOPICS
from tests.support.topic import Topic

FILLERS = ("um", "uh", "er", "like", "you know", "I mean", "basically", "sort of", "hmm", "well",
           "so", "right", "actually", "kind of", "ah")  # fmt: skip
HEDGES = ("I think", "maybe", "I guess", "probably", "perhaps", "I suppose", "more or less",
          "I'm not sure")  # fmt: skip


@dataclass(frozen=True)
class MadeAnswer:
    """One answer: its question as `./coach score` takes it, text by part, and its tier."""

    topic: Topic
    tier: str
    opening: tuple[str, ...]
    middle: tuple[str, ...]
    ending: tuple[str, ...]

    @property
    def question(self) -> dict[str, Any]:
        """The question object of a JSON line."""
        return self.topic.question

    @property
    def sentences(self) -> tuple[str, ...]:
        """All sentences in order."""
        return (*self.opening, *self.middle, *self.ending)

    @property
    def text(self) -> str:
        """The whole answer."""
        return " ".join(self.sentences)


def make_answers(count: int, seed: int = 1) -> list[MadeAnswer]:
    """`count` answers over all topics and tiers, the same for the same seed."""
    chance = random.Random(seed)
    tiers = ("strong", "strong", "middle", "weak", "hedged")
    return [make_answer(chance, TOPICS[index % len(TOPICS)], tiers[(index // len(TOPICS)) % 5])
            for index in range(count)]  # fmt: skip


def make_answer(chance: random.Random, topic: Topic, tier: str) -> MadeAnswer:
    """One answer of a tier: strong, middle, weak (vague) or hedged."""
    if tier == "weak":
        vague = tuple(chance.sample(PADDING, 5))
        return MadeAnswer(
            topic, tier, vague[:2], (chance.choice(topic.middle), vague[2]), vague[3:]
        )
    take = {"strong": (2, 4, 2), "middle": (1, 2, 1), "hedged": (2, 3, 1)}[tier]
    parts = [
        _in_order(chance, pool, min(size, len(pool)))
        for pool, size in zip((topic.opening, topic.middle, topic.ending), take, strict=True)
    ]
    if tier == "hedged":
        parts = [tuple(hedged(chance, sentence) for sentence in part) for part in parts]
    return MadeAnswer(topic, tier, *parts)


def _in_order(chance: random.Random, pool: Sequence[str], size: int) -> tuple[str, ...]:
    return tuple(pool[index] for index in sorted(chance.sample(range(len(pool)), size)))


def hedged(chance: random.Random, sentence: str) -> str:
    """The sentence with a hedge in front."""
    hedge = chance.choice(HEDGES)
    first = sentence if sentence.startswith(("I ", "I'")) else sentence[0].lower() + sentence[1:]
    return f"{hedge[0].upper()}{hedge[1:]} {first}"


def insert_words(chance: random.Random, text: str, insertions: Sequence[str], count: int) -> str:
    """The text with phrases put in at chance places between words."""
    words = text.split()
    for _ in range(count):
        words.insert(chance.randrange(len(words) + 1), chance.choice(insertions))
    return " ".join(words)


def timed(text: str, seed: int = 1, pace: float = 1.0) -> list[dict[str, Any]]:
    """Words with times as a recogniser gives them: longer words longer, pauses at full stops and
    now and then inside."""
    chance = random.Random(seed)
    words: list[dict[str, Any]] = []
    clock = 0.4
    for word in text.split():
        seconds = (0.12 + 0.045 * len(word)) * pace
        words.append(
            {
                "word": word,
                "start": round(clock, 3),
                "end": round(clock + seconds, 3),
                "probability": round(chance.uniform(0.7, 0.99), 2),
            }
        )
        clock += seconds + 0.03
        if word[-1] in ".?!":
            clock += chance.uniform(0.35, 0.9)
        elif chance.random() < 0.05:
            clock += chance.uniform(0.25, 1.3)
    return words


def with_filler(words: Sequence[dict[str, Any]], place: int, filler: str) -> list[dict[str, Any]]:
    """Timed words with a filler spoken before a place, everything after it later."""
    parts = filler.split()
    seconds = 0.3 * len(parts)
    clock = words[place - 1]["end"] + 0.03 if place else words[0]["start"]
    spoken = [
        {"word": part, "start": round(clock + 0.3 * index, 3),
         "end": round(clock + 0.3 * index + 0.28, 3), "probability": 0.8}
        for index, part in enumerate(parts)
    ]  # fmt: skip
    return [*words[:place], *spoken, *later(words[place:], seconds)]


def with_silence(
    words: Sequence[dict[str, Any]], place: int, seconds: float
) -> list[dict[str, Any]]:
    """Timed words with silence before a place."""
    return [*words[:place], *later(words[place:], seconds)]


def later(words: Sequence[dict[str, Any]], seconds: float) -> list[dict[str, Any]]:
    """The same words, said later."""
    return [
        {**word, "start": round(word["start"] + seconds, 3), "end": round(word["end"] + seconds, 3)}
        for word in words
    ]
