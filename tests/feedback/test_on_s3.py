"""The main job with its recordings on S3: sent in pieces, analysed, and heard again by range."""

from __future__ import annotations

from pathlib import Path

import pytest

from interview_coach.runtime import Runtime
from tests.conftest import Api
from tests.support.interviews import new_interview
from tests.support.object_servers import S3Server
from tests.support.recordings import SPOKEN_ANSWER, pieces, put_chunks
from tests.support.workers import work


@pytest.fixture
def bucket(s3_server: S3Server, s3_access: None, monkeypatch: pytest.MonkeyPatch) -> str:
    """The bucket that the settings name."""
    name = s3_server.new_bucket()
    monkeypatch.setenv("COACH_STORAGE_URL", s3_server.url(name))
    return name


def test_a_spoken_answer_on_s3(
    bucket: str, house: Runtime, api: Api, s3_server: S3Server, tmp_path: Path
) -> None:
    interview, content = new_interview(api), SPOKEN_ANSWER.read_bytes()
    path = f"/api/v1/interviews/{interview['id']}/answers"
    made = api.post(path, json={"question_id": interview["questions"][0]["id"]})
    answer_id = made.json()["id"]
    put_chunks(api, interview["id"], answer_id, pieces(content, 4))
    done = api.post(f"{path}/{answer_id}/finish", json={"chunks": 4})
    assert done.status_code == 202, done.text
    work(house)
    answer = api.get(f"{path}/{answer_id}").json()
    assert answer["status"] == "done", answer
    assert answer["overall"] is not None

    audio = f"{path}/{answer_id}/audio"
    assert api.get(audio).content == content
    part = api.get(audio, headers={"Range": "bytes=70000-140000"})
    assert (part.status_code, part.content) == (206, content[70000:140001])

    client = s3_server.client()
    stored = client.list_objects_v2(Bucket=bucket)["Contents"]
    (key,) = [each["Key"] for each in stored]
    assert key.startswith(f"kept/here/recordings/{api.user['id']}/")
    assert content[:64] not in client.get_object(Bucket=bucket, Key=key)["Body"].read()
    assert not (tmp_path / "files").exists()
