"""The rules hold in the package, and each rule catches what it is there for."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.house import rules

PACKAGE = Path(__file__).resolve().parent.parent.parent / "interview_coach"


def test_the_package_keeps_the_rules() -> None:
    assert rules.findings(PACKAGE) == []


BREAKS: list[tuple[Callable[[ast.AST], Iterator[str]], str]] = [
    (rules.sql_outside_repositories, "from sqlmodel import select"),
    (rules.sql_outside_repositories, "def f(session): session.exec(1)"),
    (rules.sql_outside_repositories, "def f(session): session.execute(1)"),
    (rules.commits, "def f(session): session.commit()"),
    (rules.unmarked_handlers, "class A(rx.State):\n    def save(self): ..."),
    (rules.unmarked_handlers, "class A(SessionState):\n    @rx.event\n    def save(self, x): ..."),
    (rules.blocking_calls_on_the_loop, "async def f(): time.sleep(1)"),
    (rules.blocking_calls_on_the_loop, "async def f():\n    with database.reading() as s: ..."),
    (
        rules.blocking_calls_on_the_loop,
        "class A(rx.State):\n    @rx.event\n    def f(self):\n        hash.hash_password('x')",
    ),
    (rules.asserts, "assert x"),
]

KEEPS: list[tuple[Callable[[ast.AST], Iterator[str]], str]] = [
    (rules.sql_outside_repositories, "from sqlmodel import Session"),
    (rules.commits, "def f(session): session.flush()"),
    (rules.unmarked_handlers, "class A(rx.State):\n    @rx.event\n    def save(self, x: int): ..."),
    (rules.unmarked_handlers, "class A(rx.State):\n    def _save(self, x): ..."),
    (rules.unmarked_handlers, "class A:\n    def save(self, x): ..."),
    (rules.unmarked_handlers, "class A(rx.State):\n    @rx.var\n    def name(self): ..."),
    (rules.blocking_calls_on_the_loop, "async def f(): await asyncio.sleep(1)"),
    (
        rules.blocking_calls_on_the_loop,
        "async def f():\n    def g():\n        with database.reading(): ...\n    await run(g)",
    ),
]


@pytest.mark.parametrize(("rule", "source"), BREAKS)
def test_a_break_is_found(rule: Callable[[ast.AST], Iterator[str]], source: str) -> None:
    assert list(rule(ast.parse(source)))


@pytest.mark.parametrize(("rule", "source"), KEEPS)
def test_what_is_allowed_is_let_through(
    rule: Callable[[ast.AST], Iterator[str]], source: str
) -> None:
    assert not list(rule(ast.parse(source)))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("from interview_coach.accounts import repository", 1),
        ("from interview_coach.accounts.repository import add_user", 1),
        ("from interview_coach.accounts import personal_repository", 1),
        ("from interview_coach.feedback import repository", 0),
        ("from interview_coach.accounts import service", 0),
    ],
)
def test_another_domains_repository_is_out_of_reach(source: str, found: int) -> None:
    assert len(list(rules.foreign_repositories(ast.parse(source), "feedback"))) == found


def test_long_files_and_functions_are_found_unless_a_comment_says_why() -> None:
    body = "def f():\n" + "    x = 1\n" * 60
    assert list(rules.too_long(body, ast.parse(body)))
    excused = body.replace("def f():", "def f():  # house: one table, read as a whole")
    assert not list(rules.too_long(excused, ast.parse(excused)))
    long_file = "x = 1\n" * 401
    assert list(rules.too_long(long_file, ast.parse(long_file)))
