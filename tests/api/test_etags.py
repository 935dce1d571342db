"""Who has an answer already gets it without its body."""

from __future__ import annotations

from tests.conftest import Api
from tests.support.interviews import new_interview

PATH = "/api/v1/questions/types"


def test_what_is_known_is_not_sent_again(api: Api) -> None:
    first = api.get(PATH)
    tag = first.headers["etag"]
    assert first.headers["content-encoding"] == "gzip"
    for named in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        again = api.get(PATH, headers={"If-None-Match": named})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert again.headers["cache-control"] == "no-store"
    assert api.get(PATH, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_change_changes_the_tag(api: Api) -> None:
    path = "/api/v1/interviews/history"
    before = api.get(path).headers["etag"]
    new_interview(api)
    assert api.get(path, headers={"If-None-Match": before}).status_code == 200


def test_errors_have_no_tag(api: Api) -> None:
    assert "etag" not in api.get("/api/v1/interviews/nothing").headers
