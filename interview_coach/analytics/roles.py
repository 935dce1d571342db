"""How well a question fits the role somebody wants. Pure.

By words alone: those of the role that name a subject point to types and tracks of the bank, the
others are looked for in the track, the competencies and the text of the question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

# A word of a role, and the tracks it is about: "type/track", or a type for all of its tracks.
_SUBJECTS = {
    "backend": "technical/backend technical/data_sql system_design/web_scale system_design/storage",
    "server": "technical/backend system_design/web_scale",
    "api": "technical/backend",
    "frontend": "technical/web",
    "ui": "technical/web",
    "javascript": "technical/web",
    "typescript": "technical/web",
    "react": "technical/web",
    "web": "technical/web technical/backend system_design/web_scale",
    "fullstack": "technical/web technical/backend system_design/web_scale",
    "python": "technical/python technical/backend",
    "django": "technical/python technical/backend",
    "software": "technical/algorithms technical/testing technical/backend",
    "programmer": "technical/algorithms technical/testing",
    "data": "technical/data_sql system_design/data_pipelines",
    "database": "technical/data_sql system_design/storage",
    "sql": "technical/data_sql",
    "analyst": "technical/data_sql",
    "analytics": "technical/data_sql system_design/data_pipelines",
    "scientist": "technical/machine_learning technical/data_sql",
    "ml": "technical/machine_learning",
    "ai": "technical/machine_learning",
    "devops": "technical/devops_cloud system_design/reliability",
    "cloud": "technical/devops_cloud system_design/reliability",
    "sre": "technical/devops_cloud system_design/reliability",
    "reliability": "technical/devops_cloud system_design/reliability",
    "platform": "technical/devops_cloud system_design/reliability",
    "infrastructure": "technical/devops_cloud system_design/reliability",
    "mobile": "technical/mobile",
    "android": "technical/mobile",
    "ios": "technical/mobile",
    "security": "technical/security",
    "qa": "technical/testing",
    "test": "technical/testing",
    "tester": "technical/testing",
    "quality": "technical/testing",
    "architect": "system_design",
    "manager": "leadership situational/people",
    "management": "leadership situational/people",
    "lead": "leadership",
    "leader": "leadership",
    "director": "leadership",
    "head": "leadership",
    "chief": "leadership",
    "supervisor": "leadership situational/people",
}
_PHRASES = {
    "front end": "frontend",
    "front-end": "frontend",
    "back end": "backend",
    "back-end": "backend",
    "full stack": "fullstack",
    "full-stack": "fullstack",
    "machine learning": "ml",
    "team lead": "lead",
    "tech lead": "lead",
}
# In the name of a role and in many questions, and about no subject.
_EMPTY_WORD_LIST = (
    "and at for in of on or the to with senior junior mid middle level principal staff engineer "
    "engineering developer specialist consultant associate assistant officer intern trainee "
    "graduate remote team work working role person people"
)
_EMPTY_WORDS = frozenset(_EMPTY_WORD_LIST.split())
_SHORTEST_LOOKED_FOR = 4
_TRACK, _TYPE, _COMPETENCY, _TEXT = 1.0, 0.7, 0.6, 0.4
_WORD = re.compile(r"[a-z0-9+#]+")


def role_fit(
    role: str | None, kind: str, track: str, competencies: Sequence[str], text: str
) -> float:
    """How well a question fits the role: from 0, which is not at all, to 1 for its very track."""
    words = _words(role or "")
    if not words:
        return 0.0
    places = _places(words)
    if f"{kind}/{track}" in places:
        return _TRACK
    looked_for = {word for word in words if len(word) >= _SHORTEST_LOOKED_FOR}
    if looked_for & set(track.split("_")):
        return _TRACK
    if kind in places:
        return _TYPE
    if looked_for & _parts(competencies):
        return _COMPETENCY
    return _TEXT if looked_for & set(_WORD.findall(text.lower())) else 0.0


@lru_cache(maxsize=256)
def _words(role: str) -> frozenset[str]:
    plain = role.lower()
    for phrase, word in _PHRASES.items():
        plain = plain.replace(phrase, word)
    return frozenset(_WORD.findall(plain)) - _EMPTY_WORDS


@lru_cache(maxsize=256)
def _places(words: frozenset[str]) -> frozenset[str]:
    return frozenset(place for word in words for place in _SUBJECTS.get(word, "").split())


def _parts(names: Iterable[str]) -> set[str]:
    return {part for name in names for part in name.split("_")}
