"""Encrypted objects: any range reads as the content does, and whatever was changed is noticed."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview_coach.kit.crypto import Key, KeyRing
from interview_coach.kit.errors import CoachError
from interview_coach.storage.objects import ObjectStore
from interview_coach.storage.sealed import CHUNK, HEADER_BYTES, SealedObject, read_header, seal
from tests.storage.conftest import RING, Place

OLD, NEW = Key("old", b"o" * 32), Key("new", b"n" * 32)
PLACE = "recordings/user"
EDGES = sorted({*range(3), *(n * CHUNK + d for n in (1, 2, 3) for d in (-1, 0, 1))})


def _sealed(content: bytes, pieces: int = 1000) -> bytes:
    split = [content[at : at + pieces] for at in range(0, len(content), pieces)]
    return b"".join(seal(RING, PLACE, split))


def _open(stored: bytes, place: str = PLACE, ring: KeyRing = RING) -> bytes:
    header = read_header(stored[:HEADER_BYTES])
    assert header is not None
    whole = SealedObject(ring, place, header, len(stored))
    return whole.open(stored[HEADER_BYTES:], HEADER_BYTES)


def _refused(stored: bytes, place: str = PLACE, ring: KeyRing = RING) -> str:
    with pytest.raises(CoachError) as refused:
        _open(stored, place, ring)
    assert refused.value.status == 503
    return refused.value.code


@pytest.mark.parametrize("size", EDGES)
@pytest.mark.parametrize("pieces", [7, CHUNK, 3 * CHUNK])
def test_every_size_comes_back(size: int, pieces: int) -> None:
    if size // pieces > 100_000:
        pytest.skip("nothing new")
    content = secrets.token_bytes(size)
    stored = _sealed(content, pieces)
    assert _open(stored) == content
    header = read_header(stored)
    assert header is not None
    assert SealedObject(RING, PLACE, header, len(stored)).size == size


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_range_is_the_same_part_of_the_content(data: st.DataObject) -> None:
    near = st.sampled_from(EDGES) | st.integers(0, 3 * CHUNK + 1)
    size = data.draw(near)
    content = (b"0123456789abcdef" * (size // 16 + 1))[:size]
    stored = _sealed(content, CHUNK)
    header = read_header(stored)
    assert header is not None
    sealed = SealedObject(RING, PLACE, header, len(stored))
    start = data.draw(st.integers(0, max(0, size - 1)))
    end = data.draw(st.integers(start, size))
    begin, until = sealed.span(start, end)
    assert sealed.cut(stored[begin:until], begin, start, end) == content[start:end]
    assert until - begin <= (end - start) + 2 * (CHUNK + 16)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_changed_byte_is_noticed(data: st.DataObject) -> None:
    stored = bytearray(_sealed(b"sound" * 20_000))
    at = data.draw(st.integers(8, len(stored) - 1))
    stored[at] ^= data.draw(st.integers(1, 255))
    assert _refused(bytes(stored)) in {"unreadable", "key_missing"}


@pytest.mark.parametrize("cut", [1, 15, 16, 17, CHUNK, CHUNK + 16, 2 * CHUNK + 32])
def test_a_missing_end_is_noticed(cut: int) -> None:
    assert _refused(_sealed(bytes(3 * CHUNK))[:-cut]) == "unreadable"


@pytest.mark.parametrize("kept", [8, 20, HEADER_BYTES, HEADER_BYTES + 1])
def test_a_stump_is_noticed(kept: int) -> None:
    stump = _sealed(b"content")[:kept]
    with pytest.raises(CoachError) as refused:
        _open(stump)
    assert refused.value.code == "unreadable"


def test_chunks_in_another_order_are_noticed() -> None:
    stored = _sealed(bytes(4 * CHUNK))
    first, second = HEADER_BYTES, HEADER_BYTES + CHUNK + 16
    third = second + CHUNK + 16
    swapped = stored[:first] + stored[second:third] + stored[first:second] + stored[third:]
    assert _refused(swapped) == "unreadable"


def test_a_chunk_of_another_object_is_noticed() -> None:
    one, two = _sealed(bytes(2 * CHUNK)), _sealed(bytes(2 * CHUNK))
    assert _refused(one[: HEADER_BYTES + CHUNK + 16] + two[HEADER_BYTES + CHUNK + 16 :])


def test_an_object_in_another_folder_is_noticed() -> None:
    assert _refused(_sealed(b"sound"), place="recordings/somebody-else") == "unreadable"


def test_a_wrong_key_is_told_from_a_missing_one() -> None:
    stored = _sealed(b"sound")
    assert _refused(stored, ring=KeyRing([Key("tests", b"x" * 32)])) == "unreadable"
    assert _refused(stored, ring=KeyRing([NEW])) == "key_missing"


def test_what_lies_there_is_not_the_content(place: Place) -> None:
    content = b"what somebody said in confidence" * 1000
    kept = ObjectStore(place.url, RING).keep(PLACE, [content], len(content))
    raw = place.raw(kept.key)
    assert b"confidence" not in raw
    assert len(raw) == HEADER_BYTES + len(content) + 16
    assert ObjectStore(place.url, RING).key_name(kept.key) == "tests"


def test_what_was_kept_before_there_was_encryption_is_read_as_it_is(place: Place) -> None:
    kept = ObjectStore(place.url).keep("a", [b"0123456789" * 20], 1000)
    place.write("a/empty", b"")
    place.write("a/short", b"x")
    store = ObjectStore(place.url, RING)
    assert store.read(kept.key) == b"0123456789" * 20
    assert b"".join(store.stream(kept.key, 5, 12)) == b"5678901"
    assert store.size(kept.key) == 200
    assert (store.size("a/empty"), store.read("a/empty")) == (0, b"")
    assert (store.size("a/short"), b"".join(store.stream("a/short", 0, 9))) == (1, b"x")


def test_a_store_without_the_key_says_so(place: Place) -> None:
    kept = ObjectStore(place.url, RING).keep("a", [b"sound"], 1000)
    for keys in (None, KeyRing([NEW])):
        with pytest.raises(CoachError, match="the key tests") as refused:
            ObjectStore(place.url, keys).read(kept.key)
        assert refused.value.code == "key_missing"


def test_an_object_is_encrypted_anew_while_somebody_listens(place: Place) -> None:
    content = secrets.token_bytes(3 * 1024 * 1024)
    kept = ObjectStore(place.url, KeyRing([OLD])).keep("a", [content], len(content))
    both = ObjectStore(place.url, KeyRing([NEW, OLD]))
    listening = both.stream(kept.key)
    heard = [next(listening)]
    both.encrypt_anew(kept.key)
    assert b"".join([*heard, *listening]) == content
    assert ObjectStore(place.url, KeyRing([NEW])).read(kept.key) == content


def test_what_was_deleted_meanwhile_does_not_come_back(tmp_path: Path) -> None:
    store = ObjectStore(f"file://{tmp_path}/files", RING)
    kept = store.keep("a", [b"sound"], 1000)
    store.delete(kept.key)
    with pytest.raises(FileNotFoundError):
        store.encrypt_anew(kept.key)
    assert list(store.all_keys()) == []
