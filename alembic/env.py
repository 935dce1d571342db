"""Runs migrations on the database of the settings, or on the connection handed over."""

from __future__ import annotations

from sqlalchemy import Connection

from alembic import context
from interview_coach.kit.database import make_engine
from interview_coach.tables import metadata


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        compare_type=True,
        # SQLite cannot alter a table in place: it is copied.
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()


def _main() -> None:
    given = context.config.attributes.get("connection")
    if given is not None:
        _run(given)
        return
    url = context.config.get_main_option("sqlalchemy.url")
    if url is None:
        from interview_coach.settings import load_settings

        url = load_settings().database_address
    engine = make_engine(url)
    with engine.connect() as connection:
        _run(connection)
        connection.commit()
    engine.dispose()


_main()
