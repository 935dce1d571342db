"""A user with something of every kind, and the finding of what is left of one."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image
from sqlalchemy import func
from sqlmodel import select

from interview_coach.runtime import Runtime
from interview_coach.tables import metadata
from tests.support.interviews import STRONG_ANSWER, new_interview, typed_answer
from tests.support.recordings import put_chunks, silence

ME = "/api/v1/users/me"


def fill(api: Any) -> dict[str, Any]:
    """Give this user a picture, preferences, a token, answers, a recording and loose pieces."""
    picture = io.BytesIO()
    Image.new("RGB", (30, 30), "green").save(picture, "PNG")
    assert api.put(f"{ME}/avatar", files={"file": picture.getvalue()}).status_code == 200
    assert api.put(f"{ME}/preferences", json={"theme": "dark"}).status_code == 200
    wanted = {"name": "script", "scopes": ["read"]}
    token = api.post(f"{ME}/tokens", json=wanted).json()["token"]
    interview = new_interview(api)
    typed = typed_answer(api, interview, 0, STRONG_ANSWER)
    place = f"/api/v1/interviews/{interview['id']}"
    sent = api.post(
        f"{place}/upload-audio",
        data={"question_id": interview["questions"][1]["id"]},
        files={"file": ("answer", silence(1), "audio/wav")},
    )
    assert sent.status_code == 202, sent.text
    begun = api.post(
        f"{place}/answers", json={"question_id": interview["questions"][0]["id"]}
    ).json()["id"]
    put_chunks(api, interview["id"], begun, [silence(0.1)])
    return {
        "interview": interview,
        "typed": typed,
        "spoken": sent.json()["answer_id"],
        "begun": begun,
        "token": token,
    }


def rows_of(house: Runtime, user_id: str) -> dict[str, int]:
    """How many rows each table with a column `user_id`, and the table of users, has of a user."""
    found = {}
    with house.database.reading() as session:
        for table in metadata.sorted_tables:
            column = table.c.id if table.name == "users" else table.c.get("user_id")
            if column is None:
                continue
            count = session.exec(select(func.count()).select_from(table).where(column == user_id))
            found[table.name] = count.one()
    return found


def objects_of(house: Runtime, user_id: str) -> list[str]:
    """Every object whose key names this user. Looks at the folder itself."""
    folder = house.settings.data_dir / "files"
    files = [str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()]
    return sorted(name for name in files if user_id in name)
