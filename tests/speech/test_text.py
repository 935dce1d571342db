"""Tokens and their places do not depend on case, punctuation or Unicode form."""

from __future__ import annotations

import unicodedata

import pytest

from interview_coach.speech.sentences import clause_edge, unit_starts
from interview_coach.speech.text import normalise, text_of_words, tokenise, tokenise_words
from interview_coach.speech.types import Word


@pytest.mark.parametrize(
    ("variant", "plain"),
    [("Don\u2019t", "dont"), ("DON'T,", "dont"), ("caf\u00e9", "cafe"), ("cafe\u0301", "cafe"),
     ("\uff21\uff22", "ab"), ("co\u00adop", "coop"), ("\ufb01x", "fix"), ("U.S.", "us")],
)  # fmt: skip
def test_variants_have_one_form(variant: str, plain: str) -> None:
    assert normalise(variant) == plain


def test_tokens_keep_their_place_in_the_text() -> None:
    text = "We\u2019d cut 1,200 jobs\u2014the U.S. ones, e.g. \u201cslow\u201d ones."
    tokens = tokenise(text)
    assert [token.norm for token in tokens] == [
        "wed", "cut", "1200", "jobs", "the", "us", "ones", "eg", "slow", "ones"
    ]  # fmt: skip
    assert text[tokens[2].begin : tokens[2].stop] == "1,200"
    assert tokens[0].apostrophe
    assert tokens[3].comma_after


def test_composed_and_decomposed_text_have_the_same_tokens() -> None:
    text = "Ren\u00e9 cr\u00e9ait des r\u00e9sum\u00e9s"
    decomposed = unicodedata.normalize("NFD", text)
    assert [token.norm for token in tokenise(text)] == [
        token.norm for token in tokenise(decomposed)
    ]


def test_words_know_where_they_came_from() -> None:
    words = [Word(" Follow-up,", 0, 1), Word(" ", 1, 1), Word("done.", 1, 2)]
    assert text_of_words(words) == "Follow-up, done."
    assert [(token.norm, token.word) for token in tokenise_words(words)] == [
        ("follow", 0),
        ("up", 0),
        ("done", 2),
    ]


def test_units_begin_at_clauses_not_at_full_stops() -> None:
    text = (
        "last march our batch failed on a friday night i was on call first i compared the codes "
        "with the week before then i rolled back the release as a result we recovered the payments"
    )
    words = text.split()
    starts = [words[start] for start in unit_starts(words)]
    assert starts == ["last", "i", "first", "then", "as"]


def test_a_pause_at_a_clause_edge_is_told_from_one_inside() -> None:
    text = "i compared the codes and then i rolled back the release"
    words = text.split()
    assert clause_edge(words, 4)
    assert not clause_edge(words, 3)
    assert not clause_edge(words, 8)
