"""Fillers are judged by their place: one list for counts, highlights and reports."""

from __future__ import annotations

import pytest

from interview_coach.speech.fillers import (
    filler_spans,
    find_fillers,
    find_fillers_in_text,
    is_hesitation,
    potential_fillers,
)
from interview_coach.speech.text import tokenise
from interview_coach.speech.types import Word


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Um, I went. Umm, uh, and then, er, hmm.", ["Um", "Umm", "uh", "er", "hmm"]),
        ("The document was under the umbrella in the museum.", []),
        ("I like pizza and tools like Jira.", []),
        ("It looks like rain and feels like a Monday.", []),
        ("It was, like, a disaster.", ["like"]),
        ("I like went to the shop in like two weeks.", ["like", "like"]),
        ("We would like to know. They don't like it.", []),
        ("Well, I went. It went well, as you know.", ["Well"]),
        ("We'll do it as well as we can.", []),
        ("So I decided to stay, so that we could finish. It was so good.", ["So"]),
        ("You know, it broke. Do you know how it works?", ["You know"]),
        ("I mean, it broke. That is what I mean by it.", ["I mean"]),
        ("It was kind of hard. A kind of test, this sort of thing.", ["kind of"]),
        ("The right tool. Turn right away. We were late, right, and tired.", ["right"]),
        ("Actually, no. I actually fixed it.", ["Actually"]),
        ("He drove her to the ER.", []),
        ("you um know it failed", ["um"]),
    ],
)
def test_context_decides(text: str, found: list[str]) -> None:
    assert [filler.text for filler in find_fillers_in_text(text)] == found


def test_typed_fillers_have_no_times_and_their_place_can_be_shown() -> None:
    text = "I, um, saw it, you know."
    assert [text[begin:stop] for begin, stop in filler_spans(text)] == ["um", "you know"]
    assert all(
        filler.start is None and filler.end is None and filler.certain
        for filler in find_fillers_in_text(text)
    )


def test_spoken_fillers_have_times_and_a_pause_can_decide() -> None:
    close = [Word("He", 0, 0.2), Word("actually", 0.25, 0.6), Word("came", 0.65, 1)]
    apart = [Word("He", 0, 0.2), Word("actually", 0.5, 0.8), Word("came", 1.1, 1.4)]
    assert find_fillers(close) == []
    (found,) = find_fillers(apart)
    assert (found.text, found.start, found.end, found.certain) == ("actually", 0.5, 0.8, True)


def test_a_phrase_across_words_is_one_filler() -> None:
    words = [Word("It", 0, 0.2), Word("you", 0.2, 0.3), Word("know,", 0.3, 0.5),
             Word("broke", 0.5, 1)]  # fmt: skip
    (found,) = find_fillers(words)
    assert (found.text, found.start, found.end) == ("you know", 0.2, 0.5)


@pytest.mark.parametrize("sound", ["um", "ummm", "uhm", "uh", "er", "errm", "ah", "hmm", "mm"])
def test_spellings_of_hesitation(sound: str) -> None:
    assert is_hesitation(sound)


@pytest.mark.parametrize("word", ["hum", "human", "her", "a", "the", "mum", "ahead", "m"])
def test_words_are_no_hesitation(word: str) -> None:
    assert not is_hesitation(word)


def test_what_may_be_a_filler_is_found_across_other_fillers() -> None:
    norms = [token.norm for token in tokenise("we kind um of like fixed it you like know")]
    assert potential_fillers(norms) == [
        False, True, True, True, True, False, False, True, True, True
    ]  # fmt: skip
