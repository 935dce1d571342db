"""The linter on the sample answers of the bank, and on spelling."""

from __future__ import annotations

from pathlib import Path

import pytest

from interview_coach.questions.bank import BankSample
from interview_coach.questions.bank_check import check_samples, check_spelling
from interview_coach.questions.bank_spelling import WORDS_FILE, Spelling
from tests.questions.test_bank import bank_question, raw_question


class TestLinterOnSamples:
    STRONG = " ".join(["word"] * 120)
    WEAK = " ".join(["word"] * 40)

    def findings(self, *samples: BankSample) -> list[str]:
        found = check_samples(samples, [bank_question()])
        return [f"{finding.where} {finding.field} {finding.message}" for finding in found]

    def sample(self, **changes: str) -> BankSample:
        told = {"question": "behavioral-lost-parcel", "strong": self.STRONG, "weak": self.WEAK}
        return BankSample.model_validate(told | changes)

    def test_a_sound_one_only_wants_company(self) -> None:
        assert self.findings(self.sample()) == [
            "behavioral  1 sample answers; 12 are needed.",
        ]

    def test_no_such_question_and_one_answered_twice(self) -> None:
        found = self.findings(self.sample(), self.sample(), self.sample(question="hr-unknown"))
        assert "behavioral-lost-parcel  has samples twice." in found
        assert "hr-unknown  no question has this id." in found

    @pytest.mark.parametrize(("field", "words"), [("strong", 99), ("weak", 24), ("weak", 141)])
    def test_too_short_and_too_long(self, field: str, words: int) -> None:
        found = self.findings(self.sample(**{field: " ".join(["word"] * words)}))
        assert any(f"{field} {words} words" in item for item in found)

    def test_enough_of_them_is_no_finding(self) -> None:
        questions = [bank_question(id=f"behavioral-parcel-{n}") for n in range(12)]
        samples = [self.sample(question=question.id) for question in questions]
        assert check_samples(samples, questions) == []


class TestSpelling:
    def test_a_misspelt_word_is_found_wherever_it_stands(self) -> None:
        points = raw_question()["key_points"]
        points[1] = {
            "text": "How you searched",
            "phrases": ["rang the depott", "scanned", "warehouse"],
        }
        question = bank_question(
            why="Shows definitley that you follow a loss to its end.", key_points=points
        )
        sample = BankSample(
            question="behavioral-lost-parcel",
            strong="I definately found it in the end. " * 3,
            weak="It doesn't matter. " * 4,
        )
        found = check_spelling([question], [sample], Spelling())
        assert sorted(finding.message.split("'")[1] for finding in found) == [
            "definately",
            "definitley",
            "depott",
        ]

    def test_terms_of_the_trade_are_taken_from_the_list(self, tmp_path: Path) -> None:
        (tmp_path / WORDS_FILE).write_text("# of the trade\nkubectl\n", encoding="utf-8")
        spelling = Spelling(tmp_path)
        assert list(spelling.mistakes(["We ran kubectl's dry run, then kubektl."])) == ["kubektl"]
