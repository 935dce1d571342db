"""The house rules that no kept linter knows, read from the syntax tree. Each has its own tests."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 60
_SQL_NAMES = {"select", "update", "delete", "insert"}
_SQL_MODULES = {"sqlmodel", "sqlalchemy"}
_SESSION_METHODS = {"exec", "execute", "scalars", "scalar"}
_BLOCKING = {"sleep", "writing", "reading", "hash_password", "verify_password", "urlopen"}
_LIFECYCLE = {"get_delta", "dict"}
_EXCUSE = "house: "


def sql_outside_repositories(tree: ast.AST) -> Iterator[str]:
    """Rule 3: statements are built and run in repository.py, kit/ and migrations alone."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in _SQL_MODULES:
            for name in node.names:
                if name.name in _SQL_NAMES:
                    yield f"line {node.lineno}: imports {name.name}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            holder = node.func.value
            named = holder.id if isinstance(holder, ast.Name) else ""
            if node.func.attr in _SESSION_METHODS and named == "session":
                yield f"line {node.lineno}: session.{node.func.attr}"


def foreign_repositories(tree: ast.AST, domain: str) -> Iterator[str]:
    """Rule 3 again: the repository of a domain is asked by that domain's own service alone."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom) or not node.module:
            continue
        for name in node.names:
            place = f"{node.module}.{name.name}".split(".")
            holds_sql = any(part.endswith("repository") for part in place)
            if place[0] == "interview_coach" and holds_sql and place[1] != domain:
                yield f"line {node.lineno}: imports the repository of {place[1]}"


def commits(tree: ast.AST) -> Iterator[str]:
    """Rule 4: nobody calls commit()."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "commit"
        ):
            yield f"line {node.lineno}: calls commit()"


def _is_state(node: ast.ClassDef) -> bool:
    names = [ast.unparse(base) for base in node.bases]
    return any(name.endswith("State") for name in names)


def _decorators(node: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    return " ".join(ast.unparse(item) for item in node.decorator_list)


def state_handlers(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The public methods of Reflex states: each can be called by any browser."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.ClassDef) or not _is_state(node):
            continue
        for item in node.body:
            if not isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            if item.name.startswith("_") or "rx.var" in _decorators(item):
                continue
            yield item


def unmarked_handlers(tree: ast.AST) -> Iterator[str]:
    """Rule 5: a public method of a state says that it is an event and types its arguments."""
    for item in state_handlers(tree):
        if "rx.event" not in _decorators(item):
            yield f"line {item.lineno}: {item.name} is callable by browsers: mark it or hide it"
        for argument in item.args.args[1:]:
            if argument.annotation is None:
                yield f"line {item.lineno}: {item.name}({argument.arg}) has no type"


def blocking_calls_on_the_loop(tree: ast.AST) -> Iterator[str]:
    """Rule 6: async functions and state events leave database, hashing and waiting to threads."""
    handlers = {id(item) for item in state_handlers(tree)}
    for node in ast.walk(tree):
        on_loop = isinstance(node, ast.AsyncFunctionDef) or id(node) in handlers
        if not on_loop:
            continue
        for call in _direct_calls(node):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
            holder = ast.unparse(call.func).rsplit(".", 1)[0]
            if name in _BLOCKING and holder != "asyncio":
                yield f"line {call.lineno}: {ast.unparse(call.func)} blocks the event loop"


def _direct_calls(function: ast.AST) -> Iterator[ast.Call]:
    """Calls made by the function itself, not by functions or lambdas defined inside it."""
    waiting = list(ast.iter_child_nodes(function))
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.Call):
            yield node
        waiting.extend(ast.iter_child_nodes(node))


def too_long(source: str, tree: ast.AST) -> Iterator[str]:
    """Rule 7: files stay under 400 lines, functions under 60, unless a comment says why."""
    lines = source.splitlines()
    if len(lines) > MAX_FILE_LINES and _EXCUSE not in source[:2000]:
        yield f"{len(lines)} lines"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > MAX_FUNCTION_LINES and _EXCUSE not in lines[node.lineno - 1]:
                yield f"line {node.lineno}: {node.name} has {length} lines"


def asserts(tree: ast.AST) -> Iterator[str]:
    """No assert in the package: Python run with -O would drop the check."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert):
            yield f"line {node.lineno}: assert"


def findings(package: Path) -> list[str]:
    """Every break of a rule in the package, as `file: what`."""
    found: list[str] = []
    for file in sorted(package.rglob("*.py")):
        source = file.read_text(encoding="utf-8")
        tree = ast.parse(source)
        place = file.relative_to(package)
        told: list[str] = [*commits(tree), *unmarked_handlers(tree), *too_long(source, tree)]
        told += [*blocking_calls_on_the_loop(tree), *asserts(tree)]
        if not place.name.endswith("repository.py") and place.parts[0] != "kit":
            told += sql_outside_repositories(tree)
        told += foreign_repositories(tree, place.parts[0])
        found += [f"{place}: {item}" for item in told]
    return found
