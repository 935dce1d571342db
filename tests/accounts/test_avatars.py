"""Pictures of users: what is taken, what is kept of it, and what is refused before decoding."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.ExifTags import Base

from interview_coach.accounts import avatars
from interview_coach.kit.errors import CoachError
from interview_coach.runtime import Runtime
from tests.conftest import Api

AVATAR = "/api/v1/users/me/avatar"


def _bytes(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def _put(api: Api, content: bytes, name: str = "me.png") -> Any:
    return api.put(AVATAR, files={"file": (name, content, "image/png")})


def _opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def _halves(top: str, below: str) -> Image.Image:
    image = Image.new("RGB", (400, 400), top)
    image.paste(below, (0, 200, 400, 400))
    return image


def _kept(house: Runtime, user_id: str) -> list[str]:
    folder = house.settings.data_dir / "files" / "avatars" / user_id
    return [str(file) for file in folder.rglob("*") if file.is_file()]


def _huge(width: int, height: int) -> bytes:
    """A PNG whose header tells this size, with hardly any bytes behind it."""

    def part(kind: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + check

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = part(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", header) + data + part(b"IEND", b"")


def test_a_picture_is_kept_as_a_small_square_and_given_back(api: Api) -> None:
    assert api.get(AVATAR).status_code == 404
    answer = _put(api, _bytes(Image.new("RGB", (900, 500), "navy")))
    assert answer.status_code == 200, answer.text
    assert answer.json()["avatar_url"].startswith(AVATAR)
    found = api.get(answer.json()["avatar_url"])
    assert found.headers["content-type"] == "image/webp"
    assert found.headers["x-content-type-options"] == "nosniff"
    assert found.headers["content-disposition"].startswith("attachment")
    picture = _opened(found.content)
    assert (picture.format, picture.size) == ("WEBP", (256, 256))


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("PNG", mode) for mode in ("RGB", "L", "P", "RGBA", "LA", "1", "I;16")]
    + [("JPEG", mode) for mode in ("RGB", "L", "CMYK")]
    + [("WEBP", mode) for mode in ("RGB", "RGBA")]
    + [("GIF", mode) for mode in ("RGB", "L", "P", "1")],
)
def test_each_usual_form_is_taken(kind: str, mode: str) -> None:
    picture = _opened(avatars.picture_of(_bytes(Image.new(mode, (40, 30)), kind)))
    assert picture.size == (256, 256)


def test_of_a_moving_picture_the_first_frame_is_kept() -> None:
    frames = [Image.new("RGB", (50, 50), colour) for colour in ("red", "blue")]
    moving = _bytes(frames[0], "GIF", save_all=True, append_images=frames[1:])
    red, _, blue = _opened(avatars.picture_of(moving)).convert("RGB").getpixel((128, 128))
    assert red > 200 > 50 > blue


def test_a_picture_is_turned_upright_and_all_it_told_is_gone() -> None:
    image = _halves("red", "blue")
    exif = image.getexif()
    exif[Base.Orientation] = 3
    exif[Base.Make] = "a camera"
    exif.get_ifd(0x8825)[1] = "N"
    sent = _bytes(image, "JPEG", exif=exif, comment=b"taken at home")
    assert b"a camera" in sent
    kept = avatars.picture_of(sent)
    picture = _opened(kept)
    assert dict(picture.getexif()) == {}
    assert set(picture.info) <= {"background", "loop", "timestamp", "duration"}
    for told in (b"EXIF", b"Exif", b"XMP", b"ICCP", b"camera", b"home"):
        assert told not in kept
    red, _, blue = picture.convert("RGB").getpixel((128, 40))
    assert blue > red, "what was below must be on top"


def test_what_is_see_through_stays_so() -> None:
    picture = _opened(avatars.picture_of(_bytes(Image.new("RGBA", (300, 300), (9, 9, 9, 0)))))
    assert picture.convert("RGBA").getpixel((128, 128))[3] == 0


@pytest.mark.parametrize(
    "content",
    [
        b"no picture at all",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
        _bytes(Image.new("RGB", (10, 10)), "BMP"),
        _bytes(Image.new("RGB", (10, 10)), "TIFF"),
        _bytes(Image.effect_noise((300, 300), 60))[:4000],
        b"\x89PNG\r\n\x1a\n",
        b"GIF89a",
        b"RIFF\x10\x00\x00\x00WEBPVP8 ",
        b"",
    ],
    ids=["text", "svg", "eps", "bmp", "tiff", "cut", "png head", "gif head", "webp head", "none"],
)
def test_what_is_no_picture_of_these_forms_is_refused(api: Api, content: bytes) -> None:
    answer = _put(api, content)
    assert (answer.status_code, answer.json()["code"]) == (415, "not_an_image")
    assert api.get(AVATAR).status_code == 404


@pytest.mark.parametrize("size", [(8000, 5001), (60_000, 60_000), (2**31 - 1, 2**31 - 1)])
def test_a_pixel_bomb_is_refused_from_its_header(api: Api, size: tuple[int, int]) -> None:
    answer = _put(api, _huge(*size))
    assert (answer.status_code, answer.json()["code"]) == (422, "too_many_pixels")


def test_a_jpeg_of_endless_scans_is_refused() -> None:
    whole = _bytes(Image.effect_noise((64, 64), 60), "JPEG", progressive=True)
    at = whole.rindex(b"\xff\xda")
    scan = whole[at:-2]
    assert avatars.picture_of(whole)
    with pytest.raises(CoachError) as caught:
        avatars.picture_of(whole[:-2] + scan * 200 + b"\xff\xd9")
    assert caught.value.code == "not_an_image"


@given(st.sampled_from(("PNG", "JPEG", "WEBP", "GIF")), st.data())
@settings(max_examples=150, deadline=None, database=None, derandomize=True)
def test_damage_is_told_and_never_breaks(kind: str, data: st.DataObject) -> None:
    noise = Image.frombytes("L", (60, 60), hashlib.shake_128(b"noise").digest(3600))
    whole = bytearray(_bytes(noise, kind))
    places = st.integers(0, min(len(whole) - 1, 400))
    for at, value in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), max_size=5)):
        whole[at] = value
    cut = data.draw(st.integers(1, len(whole)))
    with suppress(CoachError):  # anything else is a decoder's own error that got through
        assert avatars.picture_of(bytes(whole[:cut]))


@pytest.mark.parametrize("size", [avatars.MAX_FILE + 1, avatars.MAX_FILE + 200_000])
def test_a_file_over_the_limit_is_refused(api: Api, size: int) -> None:
    answer = _put(api, b"\x89PNG" + b"x" * size)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    if size > avatars.MAX_FILE + 100_000:  # refused at the gate, before it is read
        assert answer.json()["detail"].endswith("Choose a smaller picture.")


def test_a_body_without_a_file_names_the_field(api: Api) -> None:
    for body in ({"files": {"other": b"x"}}, {"data": {"file": "text"}}, {"json": {}}):
        answer = api.put(AVATAR, **body)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == "body.file"


def test_the_old_picture_goes_when_a_new_one_comes(api: Api, house: Runtime) -> None:
    picture = _bytes(Image.new("RGB", (300, 300), "green"))
    for _ in range(2):  # the same picture again must not lose its object
        assert _put(api, picture).status_code == 200
        assert len(_kept(house, api.user["id"])) == 1
        assert api.get(AVATAR).status_code == 200


def test_a_picture_is_removed_with_its_object(any_api: Api) -> None:
    assert _put(any_api, _bytes(Image.new("RGB", (30, 30)))).status_code == 200
    for _ in range(2):
        assert any_api.delete(AVATAR).status_code == 204
    assert any_api.get(AVATAR).status_code == 404
    assert any_api.get("/api/v1/users/me").json()["avatar_url"] is None


def test_a_picture_is_its_users_own(api: Api, other: Api) -> None:
    assert _put(api, _bytes(Image.new("RGB", (30, 30)))).status_code == 200
    assert other.get(AVATAR).status_code == 404
    assert other.delete(AVATAR).status_code == 204
    assert api.get(AVATAR).status_code == 200
