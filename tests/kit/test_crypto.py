"""Keys: read from the setting without telling them, and values only their own key opens."""

from __future__ import annotations

import base64
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.kit.crypto import Key, KeyRing, key_from, key_of, parse_keys
from interview_coach.kit.errors import CoachError

OLD = Key("old", b"o" * 32)
NEW = Key("new", b"n" * 32)
PLACE = "answers.text"


def _encoded(secret: bytes = b"k" * 32) -> str:
    return base64.b64encode(secret).decode()


@given(st.text())
def test_what_is_sealed_opens_again(text: str) -> None:
    ring = KeyRing([NEW, OLD])
    sealed = ring.seal(text, PLACE)
    assert sealed.startswith("enc:1:new:")
    assert ring.open(sealed, PLACE) == text
    assert key_of(sealed) == "new"


def test_the_same_text_is_never_sealed_alike() -> None:
    ring = KeyRing([NEW])
    assert ring.seal("I led the team", PLACE) != ring.seal("I led the team", PLACE)


def test_all_keys_open_and_the_first_one_seals() -> None:
    sealed = KeyRing([OLD]).seal("before", PLACE)
    both = KeyRing([NEW, OLD])
    assert both.open(sealed, PLACE) == "before"
    assert both.first.name == "new"
    assert both.names == ("new", "old")


def test_a_key_that_is_gone_is_named() -> None:
    sealed = KeyRing([OLD]).seal("before", PLACE)
    with pytest.raises(CoachError, match="the key old") as refused:
        KeyRing([NEW]).open(sealed, PLACE)
    assert (refused.value.code, refused.value.status) == ("key_missing", 503)


@pytest.mark.parametrize("text", ["", "plain words", "enc:1:", "enc:1:new:short", '{"a": 1}'])
def test_what_is_not_sealed_is_read_as_it_is(text: str) -> None:
    assert KeyRing([NEW]).open(text, PLACE) == text
    assert key_of(text) is None


def test_a_value_opens_only_in_its_place() -> None:
    ring = KeyRing([NEW])
    with pytest.raises(CoachError) as refused:
        ring.open(ring.seal("words", PLACE), "analyses.transcript")
    assert refused.value.code == "unreadable"


@given(st.data())
def test_a_changed_value_does_not_open(data: st.DataObject) -> None:
    ring = KeyRing([NEW])
    head, packed = ring.seal("words of a candidate", PLACE).rsplit(":", 1)
    raw = bytearray(base64.b64decode(packed))
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(CoachError) as refused:
        ring.open(f"{head}:{base64.b64encode(raw).decode()}", PLACE)
    assert refused.value.code == "unreadable"


def test_another_key_of_the_same_name_is_noticed() -> None:
    sealed = KeyRing([OLD]).seal("words", PLACE)
    with pytest.raises(CoachError) as refused:
        KeyRing([Key("old", secrets.token_bytes(32))]).open(sealed, PLACE)
    assert refused.value.code == "unreadable"


def test_keys_are_read_in_their_order() -> None:
    keys = parse_keys(f"2026-b:{_encoded()}, 2026-a:{_encoded(b'a' * 32)}")
    assert [key.name for key in keys] == ["2026-b", "2026-a"]
    assert keys[1].secret == b"a" * 32


@pytest.mark.parametrize(
    "text",
    [
        _encoded(),
        f":{_encoded()}",
        f"Upper:{_encoded()}",
        f"{'n' * 17}:{_encoded()}",
        f"s-0123abcd:{_encoded()}",
        f"a:{_encoded(b'short')}",
        f"a:{_encoded(b'l' * 33)}",
        "a:no base64 at all!",
        f"a:{_encoded()},a:{_encoded()}",
        f"a:{_encoded()},",
    ],
)
def test_wrong_keys_are_refused_without_being_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"^must ") as refused:
        parse_keys(text)
    for part in text.replace(":", ",").split(","):
        assert len(part) < 20 or part not in str(refused.value)


def test_a_key_does_not_show_itself() -> None:
    assert "ooo" not in repr(OLD)


def test_the_key_of_a_secret_is_always_the_same_and_of_no_other() -> None:
    assert key_from("one secret") == key_from("one secret")
    assert key_from("one secret").name != key_from("another secret").name
    assert key_from("one secret").name.startswith("s-")
