"""What stands in a PDF: its structure as a screen reader walks it, its text, its fonts."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import IndirectObject


def opened(content: bytes) -> PdfReader:
    """The file, ready to be read."""
    return PdfReader(io.BytesIO(content))


def elements(content: bytes) -> list[dict[str, Any]]:
    """Every element of the structure in reading order."""
    root: Any = opened(content).trailer["/Root"]
    return list(_walk(root["/StructTreeRoot"]))


def _walk(node: Any) -> Iterator[dict[str, Any]]:
    found = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(found, list):
        for each in found:
            yield from _walk(each)
    elif hasattr(found, "get"):
        if "/S" in found:
            yield found
        if "/K" in found:
            yield from _walk(found["/K"])


def text_of(content: bytes) -> str:
    """All text of all pages, runs of spaces as one."""
    pages = [page.extract_text() for page in opened(content).pages]
    return " ".join(" ".join(pages).split())


def fonts_of(content: bytes) -> set[str]:
    """The names of the fonts in the file, without the mark of a subset."""
    names = set()
    for page in opened(content).pages:
        resources: Any = page["/Resources"]
        for font in resources.get("/Font", {}).values():
            names.add(str(font.get_object()["/BaseFont"]).lstrip("/").split("+")[-1])
    return names
