"""The written templates and skills: what they make keeps the rules of the bank."""

from __future__ import annotations

from itertools import product

import pytest

from interview_coach.questions.bank import BankQuestion, load_bank, load_types
from interview_coach.questions.bank_check import check_question
from interview_coach.questions.models import QUESTION_TYPES
from interview_coach.questions.tailoring.material import Term
from interview_coach.questions.tailoring.skills import all_skills, find
from interview_coach.questions.tailoring.templates import (
    Made,
    about_role,
    about_skill,
    templates_of,
)

ORIGINS = ("ad", "both", "gap", "resume", "role")
TRACKS = {item.type: {track.id for track in item.tracks} for item in load_types()}
# What a question that names a skill and its place may be longer than one of the bank.
LONGER = 40
SLOTS = ("skill", "ideas", "pains", "beside")


def _as_bank_question(made: Made, number: int) -> BankQuestion:
    return BankQuestion.model_validate(
        {
            "id": f"{made.kind.replace('_', '-')}-made-{number}",
            "type": made.kind,
            "track": made.track,
            "difficulty": made.difficulty,
            "competencies": made.competencies,
            "text": made.text,
            "time_guide_seconds": made.time_guide_seconds,
            **made.content,
        }
    )


def _all_made(kind: str) -> list[Made]:
    """Every template about every skill it fits, each pair once, origins and wordings in turn."""
    made: list[Made] = []
    for template, skill in product(templates_of(kind), all_skills()):
        turn = len(made)
        origins = template.origins or ORIGINS
        term = Term(skill, origins[turn % len(origins)], "job_description", "a line", 1.0)
        if template.fits(term):
            made.append(about_skill(template, term, turn // len(ORIGINS)))
    for template in templates_of(kind):
        if {"role", "ad"} & set(template.about):
            made += [about_role(template, "Backend Engineer", chance) for chance in range(2)]
    return made


@pytest.mark.parametrize("kind", QUESTION_TYPES)
def test_every_question_that_templates_can_make_keeps_the_rules_of_the_bank(kind: str) -> None:
    made = _all_made(kind)
    assert len(made) > 200
    known = {name for question in load_bank() for name in question.competencies}
    faults: set[str] = set()
    for number, item in enumerate(made):
        said = str((item.text, item.content))
        assert not any(f"{{{name}}}" in said for name in SLOTS), item.text
        assert item.track in TRACKS[kind], item.track
        assert set(item.competencies) <= known, item.competencies
        for finding in check_question(_as_bank_question(item, number)):
            long = finding.rule == "length" and len(item.text) <= 200 + LONGER
            if not (long and finding.field == "text"):
                faults.add(f"{item.term}: {item.text}: {finding}")
    assert not faults, "\n".join(sorted(faults))


@pytest.mark.parametrize("kind", QUESTION_TYPES)
def test_a_type_has_enough_templates_of_each_difficulty(kind: str) -> None:
    levels = [template.difficulty for template in templates_of(kind)]
    assert len(levels) >= 6
    assert set(levels) == {"easy", "medium", "hard"}
    assert len({template.id for template in templates_of(kind)}) == len(levels)


def test_every_skill_is_found_by_each_of_its_words() -> None:
    for skill in all_skills():
        for word in skill.words:
            found = {mention.skill.id for mention in find(f"You know {word} well.")}
            assert skill.id in found, word


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("We want to go to market and react fast.", {"golang", "react"}),
        ("You excel at express delivery and spring into action.", {"excel", "spring"}),
        ("JavaScript developer", {"java"}),
        ("See https://example.net/jobs and our C++ guild", {"dotnet"}),
        ("We are hiring! Swiftly.", {"hiring", "swift"}),
        ("The rest of the team is lean.", {"rest", "change"}),
    ],
)
def test_everyday_words_are_no_skills(text: str, absent: set[str]) -> None:
    assert not absent & {mention.skill.id for mention in find(text)}
