"""A whole interview in a process of its own that is let out to no network.

`python -m tests.support.offline_interview` runs on the migrated and seeded database that the
environment names, answers every question in writing and one in sound, and prints what came of it
as one line of JSON, with every address a connection was tried to.
"""

from __future__ import annotations

import json
import socket
import sys
from typing import Any

TRIED: list[str] = []
_WATCHED = ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname")
STORY = (
    "Last year the build was slow for the whole team. I looked at the cache and I rewrote the "
    "pipeline, so deploys got a lot faster. As a result everyone was happy and the team kept it."
)


def _watch(event: str, args: tuple[Any, ...]) -> None:
    """Refuse every connection but to a socket that is a file, and write it down."""
    if event not in _WATCHED:
        return
    if isinstance(args[0], socket.socket) and args[0].family == socket.AF_UNIX:
        return
    TRIED.append(f"{event} {args[1:] if isinstance(args[0], socket.socket) else args}")
    raise ConnectionRefusedError("this process has no network")


def main() -> None:
    """Run the interview and print what came of it."""
    sys.addaudithook(_watch)
    from interview_coach.kit.logging import configure_logging
    from interview_coach.runtime import router, runtime

    configure_logging(json_lines=False)

    # Before the tests' own fixtures, which take what names a setting out of the environment.
    house = runtime()
    router()
    from tests.conftest import make_client, sign_up
    from tests.support.interviews import new_interview, typed_answer
    from tests.support.recordings import SPOKEN_ANSWER
    from tests.support.workers import work

    api = sign_up(make_client())
    interview = new_interview(api, question_count=3, follow_ups=True)
    first, second, spoken = interview["questions"]
    typed_answer(api, interview, 0, STORY)
    typed_answer(api, interview, 1, "We talked about it for a while and it was fine in the end.")
    sent = api.post(
        f"/api/v1/interviews/{interview['id']}/upload-audio",
        data={"question_id": spoken["id"]},
        files={"file": ("answer.webm", SPOKEN_ANSWER.read_bytes(), "audio/webm")},
    )
    assert sent.status_code == 202, sent.text
    work(house)
    path = f"/api/v1/interviews/{interview['id']}"
    followed = [row for row in api.get(path).json()["questions"] if row["follow_up_to"]]
    for row in followed:
        given = {"question_id": row["id"], "text": "I did it on 3 days in May for 8 people."}
        assert api.post(f"{path}/answers", json=given).status_code == 201
    work(house)
    api.post(f"{path}/complete")
    told = {
        "interview": api.get(path).json(),
        "analysis": api.get(f"{path}/analysis").json(),
        "feedback": api.get(f"{path}/feedback").json(),
        "asked": [first["id"], second["id"], spoken["id"]],
        "tried": TRIED,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
