"""Bringing the bank's table to what the data files say, without undoing what was edited here."""

from __future__ import annotations

from pathlib import Path

from sqlmodel import Session

from interview_coach.questions import repository
from interview_coach.questions.bank import BankQuestion, content_hash, load_bank
from interview_coach.questions.models import FROM_ADMIN, FROM_FILE, Question
from interview_coach.questions.publishing import add_from_file, publish_from_file
from interview_coach.questions.schemas import SeedResult


def seed(session: Session, folder: Path | None = None) -> SeedResult:
    """Bring the table to what the data files say. Doing it twice changes nothing.

    A changed question gets a new version; interviews keep the copy they asked. What an
    administrator has edited, retired or brought back stays so: where the files now say something
    else, its id is among `kept`. folder: other data files than the bundled ones.
    """
    bank = {question.id: question for question in load_bank(folder)}
    known = repository.hashes(session)
    new = [key for key in bank if key not in known]
    for key in new:
        add_from_file(session, bank[key])
    in_question = [
        key
        for key, item in bank.items()
        if key in known and known[key] != (content_hash(item), FROM_FILE, True)
    ]
    rows = repository.by_ids(session, in_question)
    told = {key: _bring_up(session, rows[key], bank[key]) for key in in_question}
    missing = [key for key, (_hash, _origin, active) in known.items() if active and key not in bank]
    gone = [key for key in missing if known[key][1] == FROM_FILE]
    repository.retire(session, gone, FROM_FILE)
    kept = [key for key, what in told.items() if what == "kept"]
    return SeedResult(
        added=len(new),
        changed=sum(what == "changed" for what in told.values()),
        retired=len(gone),
        total=len(bank),
        kept=sorted([*kept, *(key for key in missing if key not in gone)]),
    )


def _bring_up(session: Session, row: Question, item: BankQuestion) -> str:
    """Bring one known question to its file's version: "changed", "kept" or "" for neither."""
    written = content_hash(item)
    if row.origin == FROM_ADMIN and row.content_hash != written:
        return "" if row.file_hash == written else "kept"
    if row.retired_by == FROM_FILE:
        row.is_active, row.retired_by = True, None
    if row.content_hash == written:
        # The files now say what was edited here.
        row.origin, row.file_hash = FROM_FILE, written
        return ""
    publish_from_file(session, row, item)
    return "changed"
