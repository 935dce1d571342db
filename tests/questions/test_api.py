"""The question bank is listed by type, and every filter leaves what fits it and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from interview_coach.questions.bank import load_bank
from tests.conftest import Api

PLACE = "/api/v1/questions/by-type"
BEHAVIORAL = [item for item in load_bank() if item.type == "behavioral"]


def _found(api: Any, **filters: Any) -> Any:
    answer = api.get(f"{PLACE}/behavioral", params={"page_size": 100, **filters})
    assert answer.status_code == 200, answer.text
    return answer.json()


def _ids(listing: Any) -> list[str]:
    return [item["id"] for item in listing["items"]]


def test_each_filter_leaves_what_fits(any_api: Api) -> None:
    first = BEHAVIORAL[0]
    competency, word = first.competencies[0], first.text.split()[-1].strip("?.")
    wanted = {
        "track": (first.track, [q for q in BEHAVIORAL if q.track == first.track]),
        "difficulty": ("hard", [q for q in BEHAVIORAL if q.difficulty == "hard"]),
        "competency": (competency, [q for q in BEHAVIORAL if competency in q.competencies]),
        "q": (word.upper(), [q for q in BEHAVIORAL if word.lower() in q.text.lower()]),
    }
    for name, (value, fitting) in wanted.items():
        found = _found(any_api, **{name: value})
        assert _ids(found) == sorted(q.id for q in fitting), name
        assert found["total"] == len(fitting), name
        assert 0 < len(fitting) < len(BEHAVIORAL), name


def test_filters_work_together(api: Api) -> None:
    first = BEHAVIORAL[0]
    filters = {"track": first.track, "difficulty": first.difficulty}
    found = _found(api, **filters, competency=first.competencies[0], q=first.text[:20])
    assert first.id in _ids(found)
    assert _found(api, **filters, q="no question says this")["items"] == []


@pytest.mark.parametrize("part", ["owner", "wnership", "_", "ownershi_"])
def test_a_competency_is_named_in_full(any_api: Api, part: str) -> None:
    assert _found(any_api, competency="ownership")["total"] > 0
    assert _found(any_api, competency=part)["total"] == 0


def test_what_stands_for_anything_in_sql_stands_for_itself(any_api: Api) -> None:
    assert _found(any_api, q="%")["total"] == sum("%" in q.text for q in BEHAVIORAL)
    assert _found(any_api, q="_")["total"] == sum("_" in q.text for q in BEHAVIORAL)


def test_words_are_found_in_any_order(any_api: Api) -> None:
    words = BEHAVIORAL[0].text.strip("?.").split()
    turned = f"{words[-1]}  {words[0].upper()}"
    assert BEHAVIORAL[0].id in _ids(_found(any_api, q=turned))
    assert _found(any_api, q=f"{words[0]} zanzibar")["items"] == []
    assert _found(any_api, q="   ")["total"] == len(BEHAVIORAL)


def test_pages_follow_each_other_without_gap(api: Api) -> None:
    seen: list[str] = []
    for page in range(1, 100):
        listing = _found(api, page=page, page_size=4)
        assert (listing["page"], listing["page_size"]) == (page, 4)
        assert listing["total"] == len(BEHAVIORAL)
        if not listing["items"]:
            break
        seen += _ids(listing)
    assert seen == sorted(q.id for q in BEHAVIORAL)


def test_no_answer_key_is_told(api: Api) -> None:
    for item in _found(api)["items"]:
        assert not {"why", "key_points", "red_flags", "follow_ups", "content"} & set(item)


@pytest.mark.parametrize(
    "filters",
    [
        {"difficulty": "endless"},
        {"competency": 'a"b'},
        {"competency": "x" * 41},
        {"q": "x" * 101},
        {"page": 0},
        {"page_size": 101},
    ],
)
def test_filters_have_bounds(api: Api, filters: dict[str, Any]) -> None:
    answer = api.get(f"{PLACE}/behavioral", params=filters)
    assert answer.status_code == 422
    (name,) = filters
    assert answer.json()["errors"][0]["field"].endswith(name)


def test_an_unknown_type_is_refused(api: Api) -> None:
    assert api.get(f"{PLACE}/nothing").status_code == 422
