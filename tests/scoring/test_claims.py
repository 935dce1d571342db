"""Numbers said twice: pairs about the same thing are found, others are left alone."""

from __future__ import annotations

import pytest

from interview_coach.scoring.claims import Match, claims_of, compare

# (one answer, another answer, what must be told: None nothing, True the same, False another number)
PAIRS = [
    # The same thing, another number.
    (
        "I cut the failed payments by 40 percent.",
        "We reduced failed payments by 30 percent.",
        False,
    ),
    (
        "The checkout latency dropped to 200 milliseconds after my change.",
        "After the change checkout latency was 350 ms.",
        False,
    ),
    (
        "I led the migration of the billing service in six weeks.",
        "The migration of the billing service took nine weeks.",
        False,
    ),
    (
        "Our support team answered 400 tickets from customers a day.",
        "We had 600 tickets from customers waiting for the support team.",
        False,
    ),
    (
        "The cloud bill of the analytics cluster was 12,000 dollars a month.",
        "That analytics cluster had a cloud bill of $15,000.",
        False,
    ),
    (
        "The deployment pipeline ran for forty five minutes.",
        "Our deployment pipeline needed 30 minutes.",
        False,
    ),
    (
        "Failed payments at the checkout fell from 9 percent to 1 percent.",
        "Failed payments at the checkout fell from 9 percent to 2 percent.",
        False,
    ),
    (
        "I trained 25 engineers on the incident process.",
        "The incident process was taught to 40 engineers.",
        False,
    ),
    # The same thing, the same number, said in other ways.
    ("I cut failed payments by 40 percent.", "Failed payments went down 40 %.", True),
    (
        "We moved two million customer records to the new database.",
        "The new database got 2,000,000 customer records.",
        True,
    ),
    (
        "Failed payments at the checkout fell from nine percent to one percent.",
        "The checkout had 9 percent of failed payments before.",
        True,
    ),
    # Another thing.
    ("I cut failed payments by 40 percent.", "Support tickets went down by 30 percent.", None),
    ("Revenue of the shop grew 20 percent.", "Staff of the warehouse grew 12 percent.", None),
    ("The migration took six weeks.", "The onboarding took three weeks.", None),
    (
        "I led the migration of the billing service in six weeks.",
        "The migration of the billing service saved 9 percent.",
        None,
    ),
    ("I led a team of 12 engineers.", "I interviewed 30 engineers for the platform group.", None),
    ("The result was 40 percent better.", "The result was 30 percent better.", None),
    ("In the end we saved 40 percent.", "In the end we saved 30 percent.", None),
    ("I joined the payments team in 2019.", "I left the payments team in 2021.", None),
    ("The server answered in 200 ms.", "The server was down for 200 minutes.", None),
    ("Two of the nodes failed at the checkout.", "One of the nodes failed at the checkout.", None),
    ("Version 3.2.1 of the payment library broke.", "Version 4.0.2 of the payment library.", None),
    ("At 10:30 the payment gateway failed.", "At 11:45 the payment gateway failed.", None),
    (
        "Conversion of the sign-up page rose 15 percent.",
        "The error rate of the search page fell 20 percent.",
        None,
    ),
    (
        "I reduced the build time of the mobile app by 50 percent.",
        "I reduced the crash rate of the mobile app by 30 percent.",
        None,
    ),
    (
        "Churn of small customers was 5 percent.",
        "Our small customers are 60 percent of the revenue.",
        None,
    ),
]


def _told(one: str, other: str) -> list[Match]:
    return compare(claims_of(one), [claims_of(other)])


@pytest.mark.parametrize(("one", "other", "expected"), PAIRS)
def test_pairs(one: str, other: str, expected: bool | None) -> None:
    for here, there in ((one, other), (other, one)):
        found = _told(here, there)
        if expected is None:
            assert [match for match in found if not match.same] == []
        elif expected:
            assert any(match.same for match in found)
            assert all(match.same for match in found)


def test_precision_and_recall_over_the_pairs() -> None:
    told = [
        (expected, [match for match in _told(one, other) if not match.same])
        for one, other, expected in PAIRS
    ]
    right = sum(expected is False and bool(found) for expected, found in told)
    wrong = sum(expected is not False and bool(found) for expected, found in told)
    wanted = sum(expected is False for expected, _ in told)
    assert wrong == 0  # a false pair accuses somebody
    assert right / wanted >= 0.75


@pytest.mark.parametrize(
    ("text", "value", "unit", "quote"),
    [
        ("We cut it by forty-two percent.", 42.0, "percent", "forty-two percent"),
        ("It cost $1,200 in all.", 1200.0, "dollar", "$1,200"),
        ("It cost 1.5 million dollars.", 1.5e6, "dollar", "1.5 million dollars"),
        ("It took two hundred and fifty ms.", 250.0, "millisecond", "two hundred and fifty ms"),
        ("We lost about sixty orders.", 60.0, "of order", "sixty orders"),
        ("It handled three hundred thousand requests.", 3e5, "of request", None),
        ("Load went up 3x in a day.", 3.0, "times", "3x"),
        ("It fell by 7.5% at once.", 7.5, "percent", "7.5%"),
        ("In eighteen months we were done.", 18.0, "month", "eighteen months"),
    ],
)
def test_numbers_are_read(text: str, value: float, unit: str, quote: str | None) -> None:
    claim = claims_of(text)[0]
    assert (claim.value, claim.unit) == (value, unit)
    assert claim.quote == (quote or "three hundred thousand requests")
    assert text[claim.first : claim.last] == claim.quote
    assert claim.sentence in text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "One of them was mine.",
        "I joined in 2019.",
        "At 10:30 it broke.",
        "First, two of us left.",
    ],
)
def test_what_is_no_figure_is_left_alone(text: str) -> None:
    assert claims_of(text) == []


def test_an_answer_does_not_contradict_itself_or_its_copy() -> None:
    for one, other, _ in PAIRS:
        both = f"{one} {other}"
        assert all(match.same for match in compare(claims_of(both), [claims_of(both)]))


def test_where_it_is_not_clear_which_number_answers_which_nothing_is_told() -> None:
    one = "Failed payments at the checkout were 40 percent."
    other = "Failed payments at the checkout went from 30 percent to 20 percent."
    assert _told(one, other) == []
