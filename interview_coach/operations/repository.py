"""Statements about the database itself."""

from __future__ import annotations

from sqlmodel import select

from interview_coach.kit.database import Database


def ping(database: Database) -> None:
    """Raise when the database does not answer."""
    with database.reading() as session:
        session.exec(select(1)).one()
