"""What the page on scoring shows: the method as docs/scoring.md tells it, and the scorecard.

docs/scoring.md is held against the code number by number in the tests, so the page shows that text
and no second telling of it. The scorecard is what `./coach bench scorer --publish` measured last.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt

from interview_coach.settings import PROJECT_DIR

METHOD_FILE = PROJECT_DIR / "docs" / "scoring.md"
CARD_FILE = Path(__file__).with_name("scorecard.json")
_FILE_LINK = re.compile(r"\[([^\]]+)\]\((?!https?://)[^)]*\)")


@dataclass(frozen=True)
class CardRow:
    """A line of the scorecard as it is read. verdict: `met`, `missed` or empty."""

    words: str
    figure: str
    aim: str
    verdict: str
    data: str


@dataclass(frozen=True)
class Card:
    """The scorecard. day: ISO 8601. machine: in words."""

    algorithm: str
    command: str
    day: str
    machine: str
    rows: tuple[CardRow, ...]


def scorecard(file: Path = CARD_FILE) -> Card | None:
    """The scorecard measured last; None when none was published."""
    if not file.is_file():
        return None
    card = json.loads(file.read_text(encoding="utf-8"))
    return Card(
        algorithm=card["algorithm"],
        command=card["command"],
        day=card["when"][:10],
        machine=card["machine"]["words"],
        rows=tuple(_row(line) for line in card["lines"]),
    )


def _row(line: dict[str, Any]) -> CardRow:
    if line["figure"] is None:
        return CardRow(line["words"], "not measured", "", "", line["data"])
    figure = f"{round(line['figure'], 2):g} {line['unit']}".strip()
    verdict = "" if line["met"] is None else ("met" if line["met"] else "missed")
    return CardRow(line["words"], figure, line["aim"] or "", verdict, line["data"])


def method_html(file: Path = METHOD_FILE) -> str:
    """The method as HTML, headings one level down; empty where the file was left out.

    The text is the project's own, so it is not cleaned. Tables scroll inside their own frame.
    """
    if not file.is_file():
        return ""
    text = file.read_text(encoding="utf-8").partition("\n")[2]
    parser = MarkdownIt("commonmark").enable("table")
    tokens = parser.parse(_without_links(text))
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{int(token.tag[1]) + 1}"
    html = str(parser.renderer.render(tokens, parser.options, {}))
    frame = (
        '<div class="scroll-x" tabindex="0" role="region" aria-label="Table"><table class="tbl">'
    )
    return html.replace("<table>", frame).replace("</table>", "</table></div>")


def _without_links(text: str) -> str:
    """Links to files of the project become their words: a site does not serve those files."""
    return _FILE_LINK.sub(r"\1", text)
