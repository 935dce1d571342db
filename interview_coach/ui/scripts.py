"""Where the browser code beside a Python file is found."""

from __future__ import annotations

import reflex as rx
from reflex_base.environment import environment


def script(name: str, module: str) -> str:
    """The import path of the file `name` that lies beside the module that calls this.

    module: the caller's `__name__`. When the page is built, Reflex links the file into the
    build; a process that only serves the built page needs the path alone and is spared the
    work on the disk, more than a second at each start.
    """
    if environment.REFLEX_BACKEND_ONLY.get():
        return f"$/public/external/{module.replace('.', '/')}/{name}"
    path: str = rx.asset(name, shared=True, _stack_level=2).importable_path
    return path
