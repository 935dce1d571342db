"""Where the browser code beside a Python file is found."""

from __future__ import annotations

import sys
from pathlib import Path
from uuid import uuid4

from reflex_base.constants import Dirs
from reflex_base.environment import environment


def script(name: str, module: str) -> str:
    """The import path of the file `name` that lies beside the module that calls this.

    module: the caller's `__name__`. When the page is built, the file is linked into the build as
    `rx.asset` would; that one looks for its caller in the whole stack, which takes seconds at each
    start of each process. A process that only serves the built page needs the path alone.
    Raises FileNotFoundError when there is no such file.
    """
    inside = Path(Dirs.EXTERNAL_APP_ASSETS, *module.split("."), name)
    if not environment.REFLEX_BACKEND_ONLY.get():
        file = Path(str(sys.modules[module].__file__)).with_name(name)
        _link(Path.cwd() / Dirs.APP_ASSETS / inside, file.resolve(strict=True))
    return f"$/public/{inside.as_posix()}"


def _link(place: Path, file: Path) -> None:
    if place.is_symlink() and place.resolve() == file:
        return  # left alone, so that whoever watches the files sees no change
    place.parent.mkdir(parents=True, exist_ok=True)
    # Several processes may do this at once: the last to rename wins, and all link the same file.
    new = place.with_name(f".{uuid4().hex}.tmp")
    new.symlink_to(file)
    new.replace(place)
