"""A user's picture: decoded, cut to a square, and encoded anew, so that nothing else remains."""

from __future__ import annotations

import io
import struct
import threading
from typing import BinaryIO

from PIL import Image, ImageOps
from PIL.ExifTags import Base
from sqlmodel import Session

from interview_coach.accounts import audit, repository
from interview_coach.kit.clock import now
from interview_coach.kit.database import Database, run_after_commit
from interview_coach.kit.errors import CoachError, not_found
from interview_coach.kit.ids import new_id
from interview_coach.storage.objects import ObjectStore, StoredObject, too_large

MAX_FILE = 5 * 1024 * 1024
MAX_PIXELS = 40_000_000
SIDE = 256
MEDIA_TYPE = "image/webp"
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
_QUALITY = 85
# A photograph has about ten. Each one means going over all pixels again, however few bytes it has.
_MAX_JPEG_SCANS = 100
_JPEG_SCAN = b"\xff\xda"
# A picture of 40 megapixels takes 160 MB while it is decoded.
_AT_ONCE = threading.BoundedSemaphore(1)


def picture_of(content: bytes) -> bytes:
    """The picture as we keep it: the middle square of the first frame, 256 x 256, WebP.

    415 `not_an_image` for what is no PNG, JPEG, WebP or GIF or is broken, 422 `too_many_pixels`
    over 40 megapixels, told from the header before anything is decoded. Takes up to a second:
    never on the event loop.
    """
    with _AT_ONCE:
        try:
            with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
                return _encoded(_square(image, content))
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise _too_many_pixels() from error
        # A broken file raises whatever its decoder stumbles over.
        except (OSError, SyntaxError, ValueError, LookupError, TypeError, struct.error) as error:
            raise _not_an_image() from error


def _square(image: Image.Image, content: bytes) -> Image.Image:
    if image.width * image.height > MAX_PIXELS:
        raise _too_many_pixels()
    if image.format == "JPEG":
        if content.count(_JPEG_SCAN) > _MAX_JPEG_SCANS:
            raise _not_an_image()
        image.draft("RGB", (2 * SIDE, 2 * SIDE))
    turned = image.getexif().get(Base.Orientation)
    see_through = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    mode = "RGBA" if see_through else "RGB"
    small = ImageOps.fit(image if image.mode == mode else image.convert(mode), (SIDE, SIDE))
    # The middle square is the same whichever way up, so only the small picture is turned.
    small.getexif()[Base.Orientation] = turned or 1
    return ImageOps.exif_transpose(small)


def _encoded(image: Image.Image) -> bytes:
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    out = io.BytesIO()
    bare.save(out, "WEBP", quality=_QUALITY)
    return out.getvalue()


def _not_an_image() -> CoachError:
    return CoachError(
        "not_an_image", "This is not a picture we can read. Send a PNG, JPEG, WebP or GIF.", 415
    )


def _too_many_pixels() -> CoachError:
    return CoachError(
        "too_many_pixels",
        f"This picture has more than {MAX_PIXELS // 1_000_000} megapixels. Send a smaller one.",
        422,
    )


def put(
    database: Database,
    storage: ObjectStore,
    user_id: str,
    file: BinaryIO,
    address: str | None = None,
) -> None:
    """Keep a new picture; the old one goes after the commit. 413 `too_large` over 5 MB."""
    content = file.read(MAX_FILE + 1)
    if len(content) > MAX_FILE:
        raise too_large(MAX_FILE)
    picture = picture_of(content)
    # A folder of its own: the same picture sent twice must not lose its object to the first
    # one's removal.
    kept = storage.keep(f"avatars/{user_id}/{new_id()}", [picture], MAX_FILE)
    try:
        with database.writing() as session:
            _replace(session, storage, user_id, kept, address)
    except BaseException:
        storage.delete(kept.key)
        raise


def remove(
    session: Session, storage: ObjectStore, user_id: str, address: str | None = None
) -> None:
    """Have no picture any more; without one this changes nothing."""
    _replace(session, storage, user_id, None, address)


def _replace(
    session: Session,
    storage: ObjectStore,
    user_id: str,
    kept: StoredObject | None,
    address: str | None,
) -> None:
    if not repository.lock_user(session, user_id):
        raise not_found("user")
    old = repository.avatar_key(session, user_id)
    if kept is None and old is None:
        return
    values = {"avatar_key": kept.key if kept else None, "updated_at": now()}
    repository.set_user(session, user_id, values)
    audit.record(
        session,
        "profile_changed",
        actor=user_id,
        subject=user_id,
        address=address,
        detail={"changed": ["avatar"]},
    )
    if old is not None:
        run_after_commit(session, lambda: storage.delete(old))


def read(database: Database, storage: ObjectStore, user_id: str) -> bytes:
    """The picture of a user, a WebP; 404 when they have none."""
    with database.reading() as session:
        key = repository.avatar_key(session, user_id)
    if key is None:
        raise not_found("picture")
    try:
        return storage.read(key)
    except FileNotFoundError as error:  # replaced since it was looked up
        raise not_found("picture") from error
