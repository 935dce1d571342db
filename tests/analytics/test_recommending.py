"""What the recommender chooses, rule by rule, on made-up pasts."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from math import log

import pytest

from interview_coach.analytics.ability import DIFFICULTY, UNKNOWN, estimate, expected
from interview_coach.analytics.reasons import reasons_of
from interview_coach.analytics.recommending import Candidate, Choice, Practised, recommend
from interview_coach.analytics.roles import role_fit
from interview_coach.analytics.spacing import schedule
from interview_coach.questions.bank import load_bank

TODAY = date(2026, 5, 20)


def _ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def _question(name: str, *competencies: str, level: str = "medium", kind: str = "hr") -> Candidate:
    return Candidate(name, kind, f"{name}_track", level, competencies, f"What about {name}?")


def _answered(
    question: Candidate, days: int, score: float | None, name: str | None = None
) -> Practised:
    return Practised(
        name or f"old-{question.id}",
        question.type,
        question.track,
        question.difficulty,
        question.competencies,
        _ago(days),
        score,
    )


def _best(candidates: list[Candidate], past: list[Practised], role: str | None = None) -> Choice:
    return recommend(candidates, past, role=role, today=TODAY, count=1)[0]


def _bank() -> list[Candidate]:
    return [
        Candidate(each.id, each.type, each.track, each.difficulty, each.competencies, each.text)
        for each in load_bank()
    ]


def test_sm2_intervals_are_those_of_its_description() -> None:
    """Grades of 4 leave the ease at 2.5: 1, 6, 15, 38 (37.5 to the even) days."""
    days = [date(2026, 1, 1) + timedelta(days=gap) for gap in (0, 1, 7, 22)]
    found = [schedule((day, 80.0) for day in days[: n + 1]).interval_days for n in range(4)]
    assert found == [1, 6, 15, 38]
    # Grade 5 raises the ease by 0.1 a review, grade 3 lowers it by 0.14.
    assert schedule((day, 100.0) for day in days[:3]).interval_days == round(6 * 2.7)
    assert schedule((day, 60.0) for day in days[:3]).interval_days == round(6 * 2.22)
    # A fail begins the count again and leaves the ease alone.
    failed = [*((day, 80.0) for day in days[:3]), (days[3], 59.0)]
    assert schedule(failed).interval_days == 1
    assert schedule(failed).due == days[3] + timedelta(days=1)
    # One day is one review, whatever the order they come in.
    assert schedule([(days[1], 90.0), (days[0], 80.0), (days[1], 70.0)]).interval_days == 6
    with pytest.raises(ValueError, match="no review"):
        schedule([])


def test_ability_is_where_the_scores_are_those_expected() -> None:
    assert expected(0.0, "medium") == 0.5
    assert expected(0.0, "easy") == pytest.approx(1 - expected(0.0, "hard"))
    assert estimate([]) == UNKNOWN
    # One result: a whole step towards what was seen.
    assert estimate([("medium", 90)]) == pytest.approx(UNKNOWN + 0.9 - expected(UNKNOWN, "medium"))
    for level, easiness in DIFFICULTY.items():
        settled = estimate([(level, 80.0)] * 300)
        assert settled == pytest.approx(log(0.8 / 0.2) + easiness, abs=0.05)


def test_the_weak_competency_comes_first() -> None:
    weak, strong = _question("weak", "conflict"), _question("strong", "planning")
    past = [_answered(weak, 5, 40.0), _answered(weak, 6, 45.0), _answered(strong, 5, 80.0)]
    choice = _best([strong, weak], past)
    assert (choice.candidate, choice.focus) == (weak, "conflict")
    assert choice.standing is not None
    # Newer answers weigh more: above 42.5 would be the older one's pull.
    assert 40 < choice.standing.average < 42.5


def test_newer_answers_weigh_more() -> None:
    rising, falling = _question("rising", "conflict"), _question("falling", "planning")
    past = [
        _answered(rising, 60, 30.0),
        _answered(rising, 2, 70.0),
        _answered(falling, 60, 70.0),
        _answered(falling, 2, 30.0),
    ]
    assert _best([rising, falling], past).candidate == falling


def test_of_two_that_went_equally_well_the_one_that_is_due_comes_first() -> None:
    late, lately = _question("late", "conflict"), _question("lately", "planning")
    past = [_answered(late, 9, 80.0), _answered(late, 8, 80.0)]
    past += [_answered(lately, 3, 80.0), _answered(lately, 2, 80.0)]
    choice = _best([late, lately], past)
    assert choice.candidate == late
    assert choice.standing is not None
    assert (choice.standing.interval_days, choice.standing.overdue_days) == (6, 2)


@pytest.mark.parametrize(("scores", "level"), [(35.0, "easy"), (62.0, "medium"), (92.0, "hard")])
def test_the_level_follows_the_scores(scores: float, level: str) -> None:
    three = [_question(each, "conflict", level=each) for each in DIFFICULTY]
    medium = _question("medium", "conflict")
    past = [_answered(medium, 30 + n, scores) for n in range(10)]
    choice = _best(three, past)
    assert choice.candidate.difficulty == level
    assert choice.expected_score is not None


def test_abilities_of_two_types_are_apart() -> None:
    hr, technical = _question("hr", "conflict"), _question("t", "code", kind="technical")
    past = [_answered(hr, 30 + n, 90.0) for n in range(10)]
    choice = _best([technical], past)
    assert choice.expected_score is None
    assert {each.kind for each in reasons_of(choice, None)} == {"new", "level", "fresh"}


def test_what_was_asked_lately_waits() -> None:
    one, two = _question("one", "conflict"), _question("two", "planning")
    past = [_answered(one, 1, 20.0, name="one")]
    assert _best([one, two], past).candidate == two
    both = recommend([one, two], past, role=None, today=TODAY, count=2)
    assert [choice.candidate for choice in both] == [two, one]
    asked = both[1].asked
    assert asked is not None
    assert (asked.days_ago, asked.score) == (1, 20.0)


def test_never_asked_comes_before_asked() -> None:
    one, two = _question("one", "conflict"), _question("two", "conflict")
    for seen, fresh in ((one, two), (two, one)):
        past = [_answered(seen, 5, 50.0, name=seen.id)]
        assert _best([one, two], past).candidate == fresh


def test_no_two_in_a_row_share_a_competency_while_there_is_another_way() -> None:
    past = [_answered(_question("q", "conflict"), 20 + n, 20.0) for n in range(5)]
    for role in (None, "Backend engineer", "Team lead"):
        found = recommend(_bank(), past, role=role, today=TODAY, count=20)
        assert len({choice.candidate.id for choice in found}) == 20
        for one, other in pairwise(found):
            assert not set(one.candidate.competencies) & set(other.candidate.competencies)


def test_alike_questions_do_not_crowd_out_the_others() -> None:
    found = recommend(_bank(), [], role="Backend engineer", today=TODAY, count=6)
    assert len({(choice.candidate.type, choice.candidate.track) for choice in found}) >= 4


@pytest.mark.parametrize(
    ("role", "kind", "track"),
    [
        ("Senior Backend Engineer", "technical", "backend"),
        ("Front-end developer", "technical", "web"),
        ("Machine learning engineer", "technical", "machine_learning"),
        ("Data analyst", "technical", "data_sql"),
        ("SRE", "technical", "devops_cloud"),
        ("iOS developer", "technical", "mobile"),
        ("QA engineer", "technical", "testing"),
        ("Negotiation of salary", "hr", "salary"),
    ],
)
def test_a_role_names_its_track(role: str, kind: str, track: str) -> None:
    assert role_fit(role, kind, track, ("ownership",), "Tell me about it.") == 1.0


def test_a_role_without_a_subject_fits_nothing() -> None:
    for role in (None, "", "Senior engineer", "and the of"):
        assert role_fit(role, "technical", "backend", ("apis",), "An engineer at work?") == 0.0
    assert role_fit("Team lead", "leadership", "decisions", ("x",), "What?") == 0.7
    assert role_fit("Accessibility expert", "hr", "plans", ("accessibility",), "What?") == 0.6
    assert role_fit("Accessibility expert", "hr", "plans", ("x",), "Is accessibility hard?") == 0.4


def test_the_role_tells_what_a_beginner_starts_with() -> None:
    mobile = recommend(_bank(), [], role="Mobile developer", today=TODAY, count=3)
    assert mobile[0].candidate.track == "mobile"
    assert "Mobile developer" in " ".join(r.text for r in reasons_of(mobile[0], "Mobile developer"))
    nobody = recommend(_bank(), [], role=None, today=TODAY, count=5)
    assert not {choice.candidate.type for choice in nobody} & {"technical", "system_design"}


def test_a_beginner_is_told_that_it_is_a_start() -> None:
    for choice in recommend(_bank(), [], role=None, today=TODAY, count=5):
        start, level = reasons_of(choice, None)
        assert start.kind == "start"
        assert "no scored answer yet" in start.text
        assert choice.focus.replace("_", " ") in start.text
        assert "not known yet" in level.text
        assert choice.candidate.difficulty != "hard"


def test_reasons_tell_the_true_figures() -> None:
    weak = _question("weak", "hard_talks")
    past = [_answered(weak, 12, 40.0), _answered(weak, 12, 56.0), _answered(weak, 12, None)]
    told = reasons_of(_best([weak], past), None)
    assert told[0].text == (
        "Your 2 answers on 'hard talks' scored 48 on average, newer ones counting more; "
        "last practised 12 days ago, so it is due again."
    )
    assert told[0].kind == "weak"
    past = [_answered(weak, 1, 90.0, name="weak"), _answered(weak, 0, 92.0, name="weak")]
    first, _level, again = reasons_of(_best([weak], past), None)
    assert (first.kind, again.kind) == ("practised", "again")
    assert first.text.endswith("last practised today.")
    assert again.text == "You were asked it today and scored 92."


def test_the_same_state_and_day_give_the_same_answer() -> None:
    bank = _bank()
    past = [_answered(each, n % 40, 30.0 + n % 60, each.id) for n, each in enumerate(bank[::3])]
    first = recommend(bank, past, role="Data engineer", today=TODAY, count=20, salt="a")
    turned = recommend(
        bank[::-1], past[::-1], role="Data engineer", today=TODAY, count=20, salt="a"
    )
    assert first == turned
    ids = {each.candidate.id for each in recommend(bank, [], role=None, today=TODAY, count=5)}
    other = recommend(bank, [], role=None, today=_ago(1), count=5)
    assert {each.candidate.id for each in other} != ids


def test_fewer_than_asked_for_when_there_are_fewer() -> None:
    assert recommend([], [], role=None, today=TODAY, count=5) == []
    only = _question("only", "conflict")
    assert [each.candidate for each in recommend([only], [], role=None, today=TODAY, count=5)] == [
        only
    ]
