"""Makes an exported page talk to wherever it was loaded from.

Reflex bakes the backend's address into a chunk named `reflex-env-*` at build time. One build has
to run behind any host and port, so the addresses are replaced by expressions the browser works
out. Relies on the output of the pinned Reflex; anything unexpected fails the build.
"""

from __future__ import annotations

import re
from pathlib import Path

_HTTP = re.compile(r"[`'\"]https?://[^`'\"/]+(/[^`'\"]*)[`'\"]")
_WEBSOCKET = re.compile(r"[`'\"]wss?://[^`'\"/]+(/[^`'\"]*)[`'\"]")
# Reflex drops the port of addresses at these hosts behind https. The address is right already.
_SAME_DOMAIN = re.compile(r"(SAME_DOMAIN_HOSTNAMES\s*=\s*)\[[^\]]*\]")


class UnexpectedBuildError(Exception):
    """The exported page does not look as this version of Reflex makes it."""


def rewrite(static_dir: Path) -> None:
    """Rewrite the chunks in place; to be called before the files are compressed.

    static_dir: the folder with index.html and assets/. Raises UnexpectedBuildError.
    """
    chunks = list((static_dir / "assets").glob("reflex-env-*.js"))
    if len(chunks) != 1:
        raise UnexpectedBuildError(f"{len(chunks)} files named reflex-env-*.js, one expected")
    chunk = chunks[0]
    chunk.write_text(rewritten_environment(chunk.read_text(encoding="utf-8")), encoding="utf-8")
    if not sum(_keep_port(file) for file in (static_dir / "assets").glob("*.js")):
        raise UnexpectedBuildError("no list of same-domain host names found")


def rewritten_environment(script: str) -> str:
    """The environment chunk with every address computed from the page's own.

    Raises UnexpectedBuildError when no event address is in it.
    """
    script, sockets = _WEBSOCKET.subn(
        r"`${window.location.protocol===`https:`?`wss`:`ws`}://${window.location.host}\1`", script
    )
    if not sockets:
        raise UnexpectedBuildError("the environment chunk holds no websocket address")
    return _HTTP.sub(r"`${window.location.origin}\1`", script)


def _keep_port(file: Path) -> int:
    script = file.read_text(encoding="utf-8")
    script, count = _SAME_DOMAIN.subn(r"\1[]", script)
    if count:
        file.write_text(script, encoding="utf-8")
    return count
