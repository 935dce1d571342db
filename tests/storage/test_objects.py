"""Objects: content-addressed, limited, whole or not there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from interview_coach.kit.errors import CoachError, SettingsError
from interview_coach.storage.objects import ObjectStore

MB = 1024 * 1024


def test_the_key_ends_in_the_digest_of_the_content(store: ObjectStore) -> None:
    kept = store.keep("recordings/user", [b"one", b"two"], MB)
    assert kept.sha256 == hashlib.sha256(b"onetwo").hexdigest()
    assert kept.key == f"recordings/user/{kept.sha256}"
    assert kept.size == 6
    assert store.read(kept.key) == b"onetwo"
    assert store.size(kept.key) == 6
    assert b"".join(store.stream(kept.key, 2, 5)) == b"etw"
    assert b"".join(store.stream(kept.key)) == b"onetwo"


def test_the_same_content_twice_is_one_object(store: ObjectStore) -> None:
    kept = store.keep("a", [b"same"], MB)
    assert store.keep("a", [b"same"], MB) == kept
    assert list(store.all_keys()) == [kept.key]


def test_large_content_is_streamed_and_limited(store: ObjectStore) -> None:
    def pieces(count: int) -> Iterator[bytes]:
        for _ in range(count):
            yield b"x" * MB

    assert store.keep("a", pieces(8), 8 * MB).size == 8 * MB
    with pytest.raises(CoachError) as refused:
        store.keep("b", pieces(9), 8 * MB)
    assert refused.value.status == 413
    assert store.list_folder("b") == []


def test_what_is_not_there(store: ObjectStore) -> None:
    with pytest.raises(FileNotFoundError):
        store.read("nothing/here")
    store.delete("nothing/here")


def test_a_deleted_object_is_gone(store: ObjectStore) -> None:
    kept = store.keep("a", [b"x"], MB)
    store.delete(kept.key)
    with pytest.raises(FileNotFoundError):
        store.read(kept.key)


def test_several_are_deleted_also_when_some_are_gone(store: ObjectStore) -> None:
    keys = [store.keep("a", [bytes([number])], MB).key for number in range(4)]
    store.delete_all([keys[0], "a/never-there", *keys[1:3]])
    store.delete_all([])
    assert list(store.all_keys()) == [keys[3]]


def test_a_folder_is_listed_and_emptied_without_its_neighbours(store: ObjectStore) -> None:
    first = store.keep("recordings/user", [b"first"], MB)
    deeper = store.keep("recordings/user/deeper/still", [b"second"], MB)
    neighbour = store.keep("recordings/user2", [b"third"], MB)
    assert store.list_folder("recordings/user") == sorted([first.key, deeper.key])
    assert store.delete_folder("recordings/user/") == 2
    assert store.list_folder("recordings/user") == []
    assert store.delete_folder("recordings/user") == 0
    assert store.read(neighbour.key) == b"third"


@pytest.mark.parametrize("folder", ["", "/"])
def test_nobody_empties_the_whole_store(store: ObjectStore, folder: str) -> None:
    with pytest.raises(ValueError, match="has a name"):
        store.delete_folder(folder)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/files",
        "file://files/here",
        "file:///a#b",
        "file:///a?b",
        "s3://",
        "s3:///prefix",
        "s3://key:word@bucket",
        "s3://bucket?endpoint=example.org",
        "s3://bucket?secret=word",
    ],
)
def test_other_places_are_refused(url: str) -> None:
    with pytest.raises(SettingsError):
        ObjectStore(url)


def test_a_folder_is_percent_encoded_as_in_any_address(tmp_path: Path) -> None:
    store = ObjectStore(f"file://{tmp_path}/proj%20%231%20100%25%3F")
    kept = store.keep("a", [b"x"], MB)
    assert (tmp_path / "proj #1 100%?" / kept.key).read_bytes() == b"x"


def test_the_store_can_say_that_it_works(store: ObjectStore) -> None:
    store.check()
    assert list(store.all_keys()) == []
