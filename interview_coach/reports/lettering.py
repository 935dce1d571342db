"""Which letters the report has, read from its fonts, so that no name becomes a row of boxes."""

from __future__ import annotations

import struct
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO

PACKAGES = ("manimgx_fonts", "manimgx_fonts_cjk")
# Shown in the place of a letter that no font has.
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
# Marks of direction and of joining belong to the spelling of many languages. Those that turn the
# text around them do not: a name could make the words beside it read backwards.
_KEPT_FORMATS = {"\u200c", "\u200d", "\u200e", "\u200f", "\u061c", "\ufe0e", "\ufe0f"}
_SPACES = {"\n", "\t"}


def font_folders() -> list[Path]:
    """The folders of the fonts that are installed; empty when none are."""
    found = []
    for package in PACKAGES:
        spec = find_spec(package)
        if spec is not None and spec.origin is not None:
            found.append(Path(spec.origin).parent)
    return found


def readable(text: str) -> str:
    """The text as the report can show it: a letter without a font becomes UNKNOWN, controls go."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(letter) for letter in text)


def all_readable(data: Any) -> Any:
    """The same JSON with every text in it readable."""
    if isinstance(data, str):
        return readable(data)
    if isinstance(data, dict):
        return {name: all_readable(value) for name, value in data.items()}
    if isinstance(data, list):
        return [all_readable(value) for value in data]
    return data


def _shown(letter: str) -> str:
    if letter in _SPACES:
        return letter
    category = unicodedata.category(letter)
    if letter in _KEPT_FORMATS:
        return letter
    if category in {"Cc", "Cf"}:
        return ""
    if category in {"Zl", "Zp"}:
        return "\n"
    if has_letter(letter):
        return letter
    return " " if category == "Zs" else UNKNOWN


def has_letter(letter: str) -> bool:
    """Whether one of the fonts can draw this letter."""
    starts, ends = _ranges()
    place = bisect_right(starts, ord(letter)) - 1
    return place >= 0 and ord(letter) <= ends[place]


@lru_cache(maxsize=1)
def _ranges() -> tuple[list[int], list[int]]:
    """First and last code points of all stretches that some font covers, in order."""
    covered = sorted(
        stretch
        for folder in font_folders()
        for file in sorted(folder.iterdir())
        if file.suffix in {".ttf", ".otf", ".ttc"}
        for stretch in _letters_of(file)
    )
    starts: list[int] = []
    ends: list[int] = []
    for first, last in covered:
        if ends and first <= ends[-1] + 1:
            ends[-1] = max(ends[-1], last)
        else:
            starts.append(first)
            ends.append(last)
    return starts, ends


def _letters_of(file: Path) -> Iterator[tuple[int, int]]:
    """The stretches of code points of a font file; of a collection, those of its first font."""
    with file.open("rb") as font:
        begin = 0
        if font.read(4) == b"ttcf":
            font.seek(12)
            begin = _number(font, ">I")
        font.seek(begin + 4)
        tables = _number(font, ">H")
        font.seek(begin + 12)
        for _ in range(tables):
            tag, _, offset, length = struct.unpack(">4sIII", font.read(16))
            if tag == b"cmap":
                font.seek(offset)
                yield from _letters_of_table(font.read(length))
                return


def _number(font: BinaryIO, form: str) -> int:
    found: int = struct.unpack(form, font.read(struct.calcsize(form)))[0]
    return found


def _letters_of_table(table: bytes) -> Iterator[tuple[int, int]]:
    """Formats 4 and 12 of the `cmap` table of OpenType; the others hold no more letters."""
    (count,) = struct.unpack_from(">H", table, 2)
    for place in range(count):
        (offset,) = struct.unpack_from(">I", table, 4 + place * 8 + 4)
        (form,) = struct.unpack_from(">H", table, offset)
        if form == 12:
            (groups,) = struct.unpack_from(">I", table, offset + 12)
            for first, last, _ in struct.iter_unpack(
                ">III", table[offset + 16 : offset + 16 + groups * 12]
            ):
                yield first, last
        elif form == 4:
            yield from _segments(table, offset)


def _segments(table: bytes, offset: int) -> Iterator[tuple[int, int]]:
    """The segments of a table of format 4. A code without a glyph inside one is rare in Noto,
    where such gaps are between segments."""
    (double,) = struct.unpack_from(">H", table, offset + 6)
    count = double // 2
    ends = struct.unpack_from(f">{count}H", table, offset + 14)
    starts = struct.unpack_from(f">{count}H", table, offset + 16 + double)
    for first, last in zip(starts, ends, strict=True):
        if first != 0xFFFF:
            yield first, last
