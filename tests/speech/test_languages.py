"""Language packs: fillers in their place, syllables, and packs that hold what they must."""

from __future__ import annotations

from itertools import pairwise

import pytest

from interview_coach.speech.fillers import find_fillers, find_fillers_in_text
from interview_coach.speech.languages import CODES, count_pack_syllables, pack_of
from interview_coach.speech.text import normalise, tokenise
from interview_coach.speech.types import Word

FILLERS = [
    ("de", "Ähm, ich habe, also, den Fehler gesucht.", ["Ähm", "also"]),
    ("de", "Wir haben, sag ich mal, öhm lange gebraucht.", ["sag ich mal", "öhm"]),
    ("de", "Naja, das war halt, äh, schwierig.", ["Naja", "halt", "äh"]),
    ("fr", "Euh, j'ai, du coup, appelé le client.", ["Euh", "du coup"]),
    ("fr", "Donc, euh ben voilà, le test passe.", ["Donc", "euh", "ben", "voilà"]),
    ("fr", "Le serveur, tu vois, ne répondait plus.", ["tu vois"]),
    ("es", "Eh, yo, o sea, hablé con el cliente.", ["Eh", "o sea"]),
    ("es", "Bueno, este, probamos, digamos, dos veces.", ["Bueno", "este", "digamos"]),
    ("hi", "मतलब, मैंने, उम्म, टीम से बात की।", ["मतलब", "उम्म"]),
    ("hi", "हमने, आप जानते हैं, दो बार कोशिश की।", ["आप जानते हैं"]),
]
NONE = [
    ("de", "Also haben wir den Eingang geprüft, und das war gut so."),
    ("de", "Wir haben den Fehler ja schon am Montag gefunden."),
    ("fr", "Il a eu un bon résultat parce que nous avons donc tout testé."),
    ("fr", "Le genre de panne que nous avions était rare."),
    ("es", "Este servidor es bueno y no falla nada."),
    ("es", "Entonces hablé con el cliente y la verdad salió a la luz."),
    ("hi", "इस शब्द का मतलब साफ है और वो सर्वर तेज है।"),
]
SYLLABLES = {
    "de": {
        "Haus": 1, "Fehler": 2, "Abend": 2, "arbeiten": 3, "Aufgabe": 3, "Situation": 4,
        "Verantwortung": 4, "Ergebnis": 3, "Häuser": 2, "gehen": 2, "Universität": 5, "ich": 1,
    },
    "fr": {
        "maison": 2, "table": 1, "client": 2, "équipe": 2, "nous": 1, "problème": 2,
        "résultat": 3, "eau": 1, "beaucoup": 2, "travail": 2, "idée": 2, "quatre": 1,
    },
    "es": {
        "casa": 2, "cliente": 2, "equipo": 3, "trabajo": 3, "país": 2, "ciudad": 2, "idea": 3,
        "guerra": 2, "resultado": 4, "muy": 1, "aprendí": 3, "bueno": 2,
    },
    "hi": {
        "काम": 1, "मतलब": 2, "टीम": 1, "समय": 2, "नौकरी": 2, "बात": 1, "लोग": 1, "किया": 2,
        "हमने": 2, "परिणाम": 3, "मैं": 1, "server": 2,
    },
}  # fmt: skip


@pytest.mark.parametrize(("code", "text", "found"), FILLERS)
def test_fillers_are_found_where_something_sets_them_apart(
    code: str, text: str, found: list[str]
) -> None:
    assert [filler.text for filler in find_fillers_in_text(text, code)] == found


@pytest.mark.parametrize(("code", "text"), NONE)
def test_the_same_words_with_a_meaning_are_none(code: str, text: str) -> None:
    assert find_fillers_in_text(text, code) == []


def test_a_pause_on_both_sides_sets_a_word_apart_without_commas() -> None:
    together = [Word("wir", 0.0, 0.2), Word("also", 0.25, 0.5), Word("haben", 0.55, 0.8)]
    apart = [Word("wir", 0.0, 0.2), Word("also", 0.5, 0.75), Word("haben", 1.0, 1.3)]
    assert find_fillers(together, "de") == []
    assert [filler.start for filler in find_fillers(apart, "de")] == [0.5]


def test_english_words_are_no_fillers_of_another_language() -> None:
    assert find_fillers_in_text("We, you know, fixed it.", "de") == []
    assert len(find_fillers_in_text("We, you know, fixed it.")) == 1


@pytest.mark.parametrize(
    ("code", "word", "count"),
    [(code, word, count) for code, words in SYLLABLES.items() for word, count in words.items()],
)
def test_syllables(code: str, word: str, count: int) -> None:
    assert count_pack_syllables(word, code) == count


@pytest.mark.parametrize("code", CODES)
def test_a_pack_holds_every_part_of_a_story_and_no_word_twice(code: str) -> None:
    pack = pack_of(code)
    assert pack.code == code
    assert set(pack.star) == {"situation", "task", "action", "result"}
    for part, cues in pack.star.items():
        assert len(cues) >= 6, part
        assert all(cues), part
    opened = [cue for cues in pack.star.values() for cue in cues]
    assert len(opened) == len(set(opened))
    assert 0.8 <= pack.syllable_rate <= 1.4
    assert not any(pack.is_hesitation(word) for word in pack.set_apart)


def test_a_language_without_a_pack_is_refused() -> None:
    with pytest.raises(KeyError):
        pack_of("xx")


def test_words_of_hindi_stay_whole() -> None:
    text = "मैंने टीम को समझाया।"
    assert [text[token.begin : token.stop] for token in tokenise(text)] == text[:-1].split()
    norms = [normalise(word) for word in ("की", "को", "के", "का")]
    assert all(one != other for one, other in pairwise(norms))
