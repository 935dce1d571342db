"""The start page: what the product does, and a sample report one can read without an account.

The sample is fixed text, marked as a sample, and drawn with the same parts as a real report.
"""

from __future__ import annotations

import reflex as rx

from interview_coach.ui.badges import badge
from interview_coach.ui.buttons import link_button
from interview_coach.ui.cards import feedback_card, feedback_item, grid, section_card
from interview_coach.ui.icons import icon
from interview_coach.ui.links import link, plain_link
from interview_coach.ui.scores import hero, score_cards
from interview_coach.ui.shell import landing_actions, public_frame
from interview_coach.ui.star import StarRow, star_rows
from interview_coach.ui.verdict import score_view
from interview_coach.ui.waterfall import Part, waterfall, waterfall_view

_PROMISES: tuple[tuple[str, str, str], ...] = (
    (
        "quote",
        "Every remark has its proof",
        "A quote stands in your transcript with its time. Press it and hear yourself.",
    ),
    (
        "list",
        "Scores add up by hand",
        "Each part shows its measure, its weight and what it cost. Same answer, same score.",
    ),
    (
        "eye",
        "Ranges, not false precision",
        "A score comes with its likely range. What cannot be scored says why.",
    ),
    (
        "cpu",
        "Runs on this machine",
        "Speech, words and scores need no cloud and no key. Recordings stay here.",
    ),
)

# Weights and measures of the sample: weight times the missing part of 100, as in a real report.
_SAMPLE_PARTS: tuple[tuple[str, str, str, float, float], ...] = (
    ("Specific results", "3 of 5 results have no number", "Content", 12, 63),
    ("Hedges", "55 in 985 words", "Confidence", 8, 49),
    ("Pauses inside clauses", "6.9 per 100 words", "Fluency", 7, 52),
    ("Hesitation before key words", "21 of them", "Confidence", 4, 22),
    ("STAR structure", "2 answers without a result", "Content", 14, 79),
    ("Fillers", "55 heard, 9 probable at half", "Fluency", 6.75, 60),
    ("Relevance", "2 of 19 key points not met", "Content", 14, 84),
    ("Repeats and restarts", "42", "Fluency", 3.75, 55),
    ("Ownership", '"we" 31 times, "I" 24', "Confidence", 3, 45),
    ("Pitch movement", "flat in two answers", "Confidence", 5, 49),
    ("Sentence length", "14 words a sentence", "Clarity", 8, 84),
    ("Order of thoughts", "2 answers go back", "Clarity", 7, 82),
    ("Pace", "148 words a minute", "Fluency", 7.5, 90),
)


def _sample_parts() -> list[Part]:
    """Return the parts of the sample with their costs worked out."""
    return [
        Part(
            label, measure, group, weight * (100 - got) / 100, f"{weight:g} x (100 - {got:g}) / 100"
        )
        for label, measure, group, weight, got in _SAMPLE_PARTS
    ]


def _sample_report() -> rx.Component:
    """Return the sample: ring and lead, six scores, why, feedback, story parts."""
    parts = _sample_parts()
    exact = 100 - sum(part.cost for part in parts)
    overall = score_view("Overall", exact, exact - 6, exact + 6, note="The four, weighted")
    views = [
        overall,
        score_view("Content", 76, 70, 82, note="17 of 19 key points met"),
        score_view("Clarity", 83, 77, 89, note="14 words a sentence"),
        score_view("Fluency", 66, 60, 72, note="6.0 fillers per 100 words"),
        score_view("Confidence", 43, 37, 49, note="5.6 hedges per 100 words"),
        score_view("Pace", 90, 84, 96, note="148 words a minute"),
    ]
    lead = (
        "Your stories are clear and to the point. They lose force at the end: three results "
        "carry no number, and hedges pile up just there."
    )
    remark = rx.el.p(
        "A practice indicator, not a hiring prediction. Scored on this machine; same answers, "
        "same scores.",
        class_name="small muted",
    )
    why = section_card(
        f"Why {overall.value_text}",
        waterfall(waterfall_view(parts, exact)),
        lead="Start at 100. Each bar is what one part cost: its weight times the points missing.",
        flush=True,
        heading_id="sample-why",
    )
    return rx.el.div(
        hero(overall, lead, remark),
        score_cards(views, label="Sample scores"),
        why,
        grid(_sample_strengths(), _sample_weaknesses(), _sample_star()),
        class_name="stack stack-6",
    )


def _at(text: str) -> rx.Component:
    """Return the time of a sample quote; without sound behind it there is nothing to press."""
    return rx.el.span(text, class_name="at")


def _sample_strengths() -> rx.Component:
    """Return what the sample did well."""
    items = (
        feedback_item(
            "You give the scale before the story.",
            kind="good",
            quote="nine hundred payments a minute at that hour",
            at=_at("Q1, 0:10"),
        ),
        feedback_item(
            "You show the order of your actions.",
            kind="good",
            quote="First I compared the decline codes",
            at=_at("Q1, 0:29"),
        ),
    )
    return feedback_card("Strengths", "good", items, class_name="c4")


def _sample_weaknesses() -> rx.Component:
    """Return what the sample could do better."""
    items = (
        feedback_item(
            "Hedges at the moment of the result.",
            kind="mid",
            quote="We lost, I think, about sixty orders",
            at=_at("Q1, 1:00"),
        ),
        feedback_item(
            '"We" where the question asks what you did.',
            kind="mid",
            quote="we decided to, like, move the date",
            at=_at("Q3, 0:38"),
        ),
    )
    return feedback_card("Weaknesses", "mid", items, class_name="c4")


def _sample_star() -> rx.Component:
    """Return the parts of one sample story."""
    rows = (
        StarRow("S", "clear", "Clear. The date and the dependency are named."),
        StarRow("T", "thin", "Thin. Say what was yours."),
        StarRow("A", "clear", "Clear. Three steps in order."),
        StarRow("R", "missing", "Missing. Add one sentence with the new date."),
    )
    return section_card("STAR, question 3", star_rows(rows), class_name="c4")


def _promise(icon_name: str, title: str, text: str) -> rx.Component:
    """Return one promise of the product."""
    return rx.el.li(
        icon(icon_name, size="l"),
        rx.el.div(rx.el.h2(title), rx.el.p(text, class_name="muted")),
        class_name="promise",
    )


def landing_page(*, start: str = "/register", sign_in: str = "/login") -> rx.Component:
    """Return the start page; `start` and `sign_in` are paths, loaded in full."""
    intro = rx.el.header(
        rx.el.h1("Practise interviews aloud. See honestly how you did."),
        rx.el.p(
            "Answer real questions by voice or by typing, and get scores you can check: what was "
            "measured, what it cost, and the words that show it. Then fix one thing and try again.",
            class_name="lead",
        ),
        rx.el.div(
            link_button(
                "Start your first interview",
                start,
                kind="primary",
                size="l",
                icon_name="mic",
                full_load=True,
            ),
            plain_link("See a sample report", href="#sample", class_name="btn btn-l"),
            link("How scoring works", href="/how-scoring-works"),
            class_name="row wrap",
        ),
        class_name="intro",
    )
    sample_head = rx.el.div(
        rx.el.div(
            rx.el.h2("A sample report", id="sample"),
            badge("Sample, not a real person", kind="line"),
            class_name="row wrap",
        ),
        rx.el.p(
            "A behavioral interview of five answers. Yours looks like this.", class_name="muted"
        ),
        class_name="stack stack-1",
    )
    return public_frame(
        intro,
        rx.el.ul(*(_promise(*promise) for promise in _PROMISES), class_name="promises"),
        sample_head,
        _sample_report(),
        actions=landing_actions(sign_in, start),
    )
