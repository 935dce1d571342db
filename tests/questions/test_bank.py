"""The bank loads, refuses what does not keep its format, and its linter sees each kind of fault."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from interview_coach.questions.bank import (
    DATA_FOLDER,
    TYPES_FILE,
    BankError,
    BankQuestion,
    BankType,
    content_hash,
    load_bank,
    load_samples,
    load_types,
)
from interview_coach.questions.bank_check import (
    MINIMUM_PER_DIFFICULTY,
    MINIMUM_PER_TYPE,
    check_bank,
    check_folder,
    check_question,
    check_spelling,
    summary,
)
from interview_coach.questions.bank_finding import Finding
from interview_coach.questions.bank_spelling import Spelling
from interview_coach.questions.bank_words import content_words

PLACE = "behavioral/ownership.yaml"
TYPES = ("technical", "behavioral", "hr", "system_design", "situational", "leadership")


def raw_question(**changes: Any) -> dict[str, Any]:
    """A question as it stands in a file, without a fault of its own."""
    question: dict[str, Any] = {
        "id": "behavioral-lost-parcel",
        "type": "behavioral",
        "track": "ownership",
        "difficulty": "easy",
        "competencies": ["ownership", "delivery"],
        "text": "Tell me about a parcel that went missing and how you found it.",
        "why": "Shows whether you follow a loss to its end.",
        "key_points": [
            {
                "text": "What was lost",
                "phrases": ["a crate of glass", "the shipment", "broken crates"],
            },
            {"text": "How you searched", "phrases": ["rang the depot", "tracking code", "scanned"]},
            {"text": "Whom you warned", "phrases": ["warned the client", "emailed sales", "alert"]},
            {"text": "What it brought", "phrases": ["refunded", "arrived safely", "saved money"]},
        ],
        "red_flags": ["Blames the carrier only.", "Nobody was warned of the loss."],
        "follow_ups": [
            {"kind": "clarify", "text": "What did you do first?"},
            {"kind": "quantify", "text": "How many hours did the search take?"},
        ],
        "tips": ["Say when you noticed it.", "End with the day it arrived."],
        "time_guide_seconds": 90,
    }
    return question | changes


def bank_question(**changes: Any) -> BankQuestion:
    return BankQuestion.model_validate(raw_question(**changes))


def with_phrases(*phrases: str) -> BankQuestion:
    points = raw_question()["key_points"]
    points[0] = {"text": "What was lost", "phrases": list(phrases)}
    return bank_question(key_points=points)


def rules(findings: list[Finding]) -> set[str]:
    return {finding.rule for finding in findings}


def write_bank(folder: Path, questions: Any, name: str = PLACE) -> Path:
    text = (DATA_FOLDER / TYPES_FILE).read_text(encoding="utf-8")
    (folder / TYPES_FILE).write_text(text, encoding="utf-8")
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(yaml.safe_dump(questions), encoding="utf-8")
    return folder


class TestBundledBank:
    def test_the_linter_finds_nothing(self) -> None:
        assert [str(finding) for finding in check_folder()] == []

    def test_every_word_is_spelled_as_the_dictionary_has_it(self) -> None:
        found = check_spelling(load_bank(), load_samples(), Spelling())
        assert [str(finding) for finding in found] == []

    def test_every_type_has_enough_questions_of_every_difficulty(self) -> None:
        questions = load_bank()
        for kind in TYPES:
            group = [question for question in questions if question.type == kind]
            assert len(group) >= MINIMUM_PER_TYPE
            for level, needed in MINIMUM_PER_DIFFICULTY.items():
                assert sum(question.difficulty == level for question in group) >= needed

    def test_ids_are_unique_and_every_track_is_used(self) -> None:
        questions = load_bank()
        assert len({question.id for question in questions}) == len(questions)
        used = {(question.type, question.track) for question in questions}
        assert used == {(kind.type, track.id) for kind in load_types() for track in kind.tracks}

    def test_types_come_in_display_order(self) -> None:
        assert tuple(kind.type for kind in load_types()) == TYPES

    def test_hashes_differ_between_questions(self) -> None:
        questions = load_bank()
        assert len({content_hash(question) for question in questions}) == len(questions)

    def test_the_summary_counts_types_tracks_and_difficulties(self) -> None:
        lines = summary(load_bank()).splitlines()
        assert lines[0].startswith(f"{len(load_bank())} questions, ")
        assert [line.split(":")[0] for line in lines if ":" in line] == sorted(TYPES)


class TestContentHash:
    def test_the_order_of_keys_does_not_matter(self) -> None:
        backwards = dict(reversed(raw_question().items()))
        assert content_hash(BankQuestion.model_validate(backwards)) == content_hash(bank_question())

    def test_it_is_the_same_on_every_machine(self) -> None:
        expected = "c558b5b500559694971204d68edca5aec65c5615a11066fad3118797523f0560"
        assert content_hash(bank_question()) == expected

    @pytest.mark.parametrize(
        "change",
        [
            {"text": "Tell me about a parcel that went missing and who found it."},
            {"difficulty": "hard"},
            {"competencies": ["delivery", "ownership"]},
            {"time_guide_seconds": 91},
        ],
    )
    def test_any_change_of_content_changes_it(self, change: dict[str, Any]) -> None:
        assert content_hash(bank_question(**change)) != content_hash(bank_question())


class TestLoadingRefuses:
    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"difficulty": "tough"}, "difficulty"),
            ({"id": "Not a slug"}, "id"),
            ({"key_points": []}, "key_points"),
            ({"follow_ups": [{"kind": "joke", "text": "Why?"}] * 2}, "follow_ups.0.kind"),
            ({"time_guide_seconds": 5}, "time_guide_seconds"),
            ({"red_flag": "a mistyped key"}, "red_flag"),
            ({"tips": [True, "Say it."]}, "tips.0"),
        ],
    )
    def test_a_broken_field_and_names_file_id_and_field(
        self, tmp_path: Path, change: dict[str, Any], field: str
    ) -> None:
        question = raw_question(**change)
        with pytest.raises(BankError) as caught:
            load_bank(write_bank(tmp_path, [question]))
        fault = caught.value
        assert (fault.file, fault.question_id, fault.field) == (
            PLACE,
            question["id"],
            field,
        )
        assert PLACE in str(fault)
        assert field in str(fault)

    def test_an_entry_without_id_is_named_by_its_place(self, tmp_path: Path) -> None:
        nameless = raw_question()
        del nameless["id"]
        with pytest.raises(BankError) as caught:
            load_bank(write_bank(tmp_path, [raw_question(), nameless]))
        assert caught.value.question_id == "#2"

    def test_an_id_used_twice(self, tmp_path: Path) -> None:
        with pytest.raises(BankError, match="already used") as caught:
            load_bank(write_bank(tmp_path, [raw_question(), raw_question()]))
        assert caught.value.field == "id"

    @pytest.mark.parametrize("place", ["hr/gaps.yaml", "behavioral/gaps.yaml", "hr/failure.yaml"])
    def test_a_question_in_the_file_of_another_type_or_track(
        self, tmp_path: Path, place: str
    ) -> None:
        with pytest.raises(BankError, match=f"belongs in {PLACE}"):
            load_bank(write_bank(tmp_path, [raw_question()], place))

    def test_what_is_not_yaml_or_not_a_list(self, tmp_path: Path) -> None:
        write_bank(tmp_path, {"questions": 3})
        with pytest.raises(BankError, match="must hold a list"):
            load_bank(tmp_path)
        (tmp_path / PLACE).write_text("- [unclosed", encoding="utf-8")
        with pytest.raises(BankError, match="not valid YAML"):
            load_bank(tmp_path)

    def test_an_object_hidden_in_the_yaml_is_not_made(self, tmp_path: Path) -> None:
        (tmp_path / "hr").mkdir()
        hostile = "- !!python/object/apply:os.getcwd []"
        (tmp_path / "hr" / "gaps.yaml").write_text(hostile, encoding="utf-8")
        with pytest.raises(BankError, match="not valid YAML"):
            load_bank(tmp_path)

    def test_an_empty_folder_and_missing_types(self, tmp_path: Path) -> None:
        with pytest.raises(BankError, match="no question files"):
            load_bank(tmp_path)
        with pytest.raises(BankError, match="cannot be read"):
            load_types(tmp_path)


class TestLinterOnOneQuestion:
    def test_a_sound_question_has_no_finding(self) -> None:
        assert check_question(bank_question()) == []

    def test_an_id_that_does_not_begin_with_its_type(self) -> None:
        assert rules(check_question(bank_question(id="hr-lost-parcel"))) == {"id"}

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"text": "Why?"}, "text"),
            ({"why": "Shows " + "very " * 40 + "much."}, "why"),
            ({"tips": ["Short.", "End with the day it arrived."]}, "tips.0"),
        ],
    )
    def test_lengths(self, change: dict[str, Any], field: str) -> None:
        findings = check_question(bank_question(**change))
        assert [(finding.rule, finding.field) for finding in findings] == [("length", field)]

    def test_a_line_that_does_not_end_as_a_sentence(self) -> None:
        question = bank_question(why="Shows whether you follow a loss to its end")
        assert rules(check_question(question)) == {"sentence"}

    def test_the_same_line_twice(self) -> None:
        question = bank_question(tips=["Say when you noticed it.", "Say when you noticed it."])
        assert rules(check_question(question)) == {"repeat"}

    def test_two_follow_ups_of_a_kind(self) -> None:
        follow_ups = [
            {"kind": "clarify", "text": "What did you do first?"},
            {"kind": "clarify", "text": "And what did you do after that?"},
        ]
        assert rules(check_question(bank_question(follow_ups=follow_ups))) == {"repeat"}

    def test_a_competency_named_twice(self) -> None:
        question = bank_question(competencies=["ownership", "ownership"])
        assert rules(check_question(question)) == {"repeat"}

    @pytest.mark.parametrize(
        ("phrases", "rule"),
        [
            (["a crate of glass", "broken crates"], "phrases"),
            (["A crate of glass", "broken crates", "the shipment"], "phrase-case"),
            (["a crate full of very old glass", "broken crates", "the shipment"], "phrase-long"),
            (["that was it", "broken crates", "the shipment"], "phrase-empty"),
            (["the missing parcels", "broken crates", "the shipment"], "phrase-parrot"),
            (["asked", "broken crates", "the shipment"], "phrase-weak"),
            (["broken crates", "the broken crates", "the shipment"], "phrase-repeat"),
            (["scanning", "broken crates", "the shipment"], "phrase-repeat"),
        ],
    )
    def test_phrases(self, phrases: list[str], rule: str) -> None:
        assert rules(check_question(with_phrases(*phrases))) == {rule}

    def test_forms_of_a_word_and_its_spelling_meet(self) -> None:
        assert content_words("Planning, CARRIED") == content_words("plans carry")
        assert content_words("It was what they would do") == frozenset()


class TestLinterOnTheWholeBank:
    def findings(self, *questions: BankQuestion, types: list[BankType] | None = None) -> set[str]:
        found = check_bank(questions, load_types() if types is None else types)
        return {f"{finding.rule} {finding.where} {finding.field}".strip() for finding in found}

    def test_a_track_of_another_type(self) -> None:
        found = self.findings(bank_question(track="salary"))
        assert "track behavioral-lost-parcel track" in found

    def test_a_track_without_a_question_and_one_claimed_twice(self) -> None:
        bundled = {kind.type: kind for kind in load_types()}
        tracks = bundled["behavioral"].tracks
        twice = [bundled["behavioral"], bundled["hr"].model_copy(update={"tracks": tracks})]
        assert "track hr tracks" in self.findings(bank_question(), types=twice)
        assert "track behavioral tracks" in self.findings(bank_question())

    def test_too_few_questions_difficulties_and_competencies(self) -> None:
        found = self.findings(bank_question())
        assert {
            "count behavioral",
            "difficulty behavioral difficulty",
            "competency behavioral competencies",
            "competency bank competencies",
        } <= found

    def test_one_competency_in_nearly_all_questions(self) -> None:
        bundled = load_bank()
        same = [
            question.model_copy(update={"competencies": (*question.competencies, "ownership")})
            if question.type == "behavioral" and "ownership" not in question.competencies
            else question
            for question in bundled
        ]
        assert self.findings(*same) == {"competency behavioral competencies"}

    def test_a_misspelt_competency_stands_alone(self) -> None:
        bundled = load_bank()
        misspelt = bundled[0].model_copy(
            update={"competencies": (*bundled[0].competencies, "ownershp")}
        )
        assert self.findings(misspelt, *bundled[1:]) == {"competency bank competencies"}

    @pytest.mark.parametrize(
        ("text", "rule"),
        [
            ("TELL me about a parcel that went missing and how you found it.", "duplicate"),
            ("Tell me about some parcels that went missing, and how you found them.", "near"),
            ("Tell me about a parcel that went missing and how they found it.", "near"),
        ],
    )
    def test_duplicates_exact_and_near(self, text: str, rule: str) -> None:
        other = bank_question(id="behavioral-lost-letter", text=text)
        found = self.findings(bank_question(), other)
        full = "duplicate" if rule == "duplicate" else "near-duplicate"
        assert f"{full} behavioral-lost-letter text" in found

    def test_different_questions_are_no_duplicates(self) -> None:
        other = bank_question(
            id="behavioral-late-train", text="Describe a morning when your train was cancelled."
        )
        assert not any("duplicate" in item for item in self.findings(bank_question(), other))

    def test_the_same_id_twice(self) -> None:
        found = self.findings(bank_question(), bank_question())
        assert "duplicate behavioral-lost-parcel id" in found

    def test_a_folder_that_does_not_load_is_one_finding(self, tmp_path: Path) -> None:
        write_bank(tmp_path, [raw_question(difficulty="tough")])
        (finding,) = check_folder(tmp_path)
        assert (finding.rule, finding.where, finding.field) == (
            "schema",
            "behavioral-lost-parcel",
            "difficulty",
        )
