"""Parts are drawn alike from plain values and from Vars, and can be read without colour."""

from __future__ import annotations

from typing import Any

import pytest
import reflex as rx

from interview_coach import ui

ENTRIES = (
    ui.NavEntry("Dashboard", "/dashboard", "layout-dashboard", phone_label="Home"),
    ui.NavEntry("Practice", "/practice", "mic"),
    ui.NavEntry("Drills", "/drills", "target", count="3 due"),
    ui.NavEntry("History", "/history", "history"),
    ui.NavEntry("Resume", "/resume", "file-text"),
)
USER = ui.UserBlock("Demo Candidate", "Backend engineer", "DC")


def state_var(name: str, kind: Any) -> Any:
    """Return a Var as state would give it."""
    return rx.Var(_js_expr=name, _var_type=kind).guess_type()


def test_verdict_has_shape_word_and_colour() -> None:
    drawn = str(ui.verdict_of(ui.score_view("Clarity", 83, 77, 89)))
    assert "v v-good" in drawn
    assert '"Strong"' in drawn
    assert '"aria-hidden":"true"' in drawn


def test_range_bar_reads_aloud_and_has_gaps() -> None:
    drawn = str(ui.range_bar(ui.score_view("Clarity", 83, 77, 89)))
    assert '"aria-label":"Clarity 83 of 100, likely 77 to 89"' in drawn
    assert drawn.count('className:"t"') == 3
    assert 'x:"154"' in drawn


def test_missing_score_draws_no_mark() -> None:
    drawn = str(ui.range_bar(ui.score_view("Pace", None, reason="typed answer")))
    assert "mark" not in drawn
    assert "Pace not scored: typed answer" in drawn


def test_score_card_takes_state() -> None:
    drawn = str(ui.score_card(state_var("view", ui.ScoreView)))
    for part in ('view?.["value_text"]', 'view?.["range_text"]', 'view?.["word"]'):
        assert part in drawn


def test_score_cards_take_a_list_from_state() -> None:
    drawn = str(ui.score_cards(state_var("views", list[ui.ScoreView])))
    assert "Array.prototype.map" in drawn


def test_button_kinds_and_busy() -> None:
    assert 'className:"btn btn-primary btn-l"' in str(ui.button("Go", kind="primary", size="l"))
    busy = str(ui.button("Send", busy=True, busy_label="Sending"))
    assert "disabled:true" in busy
    assert '"Sending"' in busy
    assert 'type:"submit"' in str(ui.button("Send", submit=True))


def test_busy_from_state_also_disables() -> None:
    drawn = str(ui.button("Send", busy=state_var("busy", bool)))
    assert "disabled:busy" in drawn


def test_icon_button_has_a_name() -> None:
    assert '"aria-label":"Copy the report"' in str(ui.icon_button("copy", "Copy the report"))


def test_unknown_icon_fails_while_the_page_is_built() -> None:
    with pytest.raises(KeyError):
        ui.icon("no-such-icon")


def test_field_ties_label_control_and_error() -> None:
    drawn = str(ui.text_field("Email", "email", kind="email", error="The @ is missing"))
    assert 'htmlFor:"field-email"' in drawn
    assert '"aria-describedby":"field-email-note"' in drawn
    assert '"aria-invalid":"true"' in drawn
    assert "The @ is missing" in drawn


def test_segments_are_radio_inputs() -> None:
    drawn = str(
        ui.segmented(
            "Level", "level", [("a", "Junior"), ("b", "Senior")], value="b", on_change=rx.noop()
        )
    )
    assert drawn.count('type:"radio"') == 2
    assert 'role:"radiogroup"' in drawn
    assert drawn.count("checked:true") == 1


def test_chip_says_whether_it_is_pressed() -> None:
    assert '"aria-pressed":"true"' in str(ui.chip("Failure", pressed=True, on_click=rx.noop()))


def test_urgent_alert_is_announced() -> None:
    assert 'role:"alert"' in str(ui.alert("Not sent", "It is kept.", kind="bad", urgent=True))
    assert "role" not in str(ui.alert("Saved", kind="good"))


def test_section_title_from_state_needs_an_id() -> None:
    with pytest.raises(ValueError, match="heading_id"):
        ui.section_card(state_var("title", str))


def test_shell_marks_the_place_and_can_be_skipped() -> None:
    page = ui.shell(rx.el.h1("Practice"), entries=ENTRIES, current="/practice", user=USER)
    drawn = str(page)
    assert drawn.count('"aria-current":"page"') == 2
    assert 'href:"#main"' in drawn
    assert drawn.count('jsx("main"') == 1
    assert ui.ENGINE_NOTE in drawn


def test_phone_bar_has_four_places_and_more() -> None:
    page = ui.shell(entries=ENTRIES, current="/resume", user=USER)
    bottom = str(page).split('className:"bottom"')[1]
    bar, sheet = bottom.split('className:"menu menu-sheet"')
    assert bar.count("ReactRouterLink") == 4
    assert "Resume" in sheet


def test_landing_page_marks_its_sample() -> None:
    drawn = str(ui.landing_page())
    assert "Sample, not a real person" in drawn
    assert '"Why 68"' in drawn
    assert 'href:"/register"' in drawn


def test_star_letters_read_aloud() -> None:
    drawn = str(ui.star_pips(ui.star_view("clear", "thin", "clear", "missing")))
    assert "Situation clear, task thin, action clear, result missing" in drawn
    assert "pip p0" in drawn
