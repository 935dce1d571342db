"""What the browser is told to refuse: the security headers of pages, API and files.

Content Security Policy Level 3: scripts come from this site alone. The page builder leaves small
inline scripts in the HTML files; each is allowed by its digest, read from the files themselves.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from functools import lru_cache
from pathlib import Path

from starlette.datastructures import MutableHeaders

_INLINE = re.compile(r"<script(?![^>]*\ssrc=)([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_DATA = re.compile(r"type=[\"']?(application/json|application/ld\+json)", re.IGNORECASE)
_NOTHING_ELSE = "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
_API_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
_DOCS_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    f"img-src 'self' data:; connect-src 'self'; {_NOTHING_ELSE}"
)
_TWO_YEARS = "max-age=63072000"
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": (
        "microphone=(self), camera=(), geolocation=(), display-capture=(), payment=(), usb=(), "
        "serial=(), hid=(), midi=(), bluetooth=(), accelerometer=(), gyroscope=(), "
        "magnetometer=(), screen-wake-lock=(self), browsing-topics=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}

# Whoever has such an address can read what it opens: no other site is told of it, and no search
# engine keeps it.
_SECRET_ADDRESSES = ("/share/", "/api/v1/shared/")


def script_digests(html: str) -> list[str]:
    """The CSP sources of the inline scripts in a page, such as `'sha256-...'`, in their order."""
    found = []
    for attributes, text in _INLINE.findall(html):
        if not _DATA.search(attributes):
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            found.append(f"'sha256-{digest}'")
    return found


@lru_cache(maxsize=1)
def page_policy() -> str:
    """The policy of the pages this process serves."""
    folder = os.environ.get("REFLEX_WEB_WORKDIR")
    digests: set[str] = set()
    if folder:
        for file in sorted(Path(folder, "build", "client").rglob("*.html")):
            digests.update(script_digests(file.read_text(encoding="utf-8")))
    scripts = " ".join(["'self'", *sorted(digests)])
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self' data:; "
        f"connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; {_NOTHING_ELSE}"
    )


def add_headers(path: str, headers: MutableHeaders, *, secure: bool) -> None:
    """Add what is missing to the headers of an answer.

    secure: the browser came by https, and is to come by nothing else for two years.
    """
    if path.startswith(_SECRET_ADDRESSES):
        headers["Referrer-Policy"] = "no-referrer"
        headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        headers["Cache-Control"] = "private, no-store"
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    if secure:
        headers.setdefault("Strict-Transport-Security", _TWO_YEARS)
    headers.setdefault("Content-Security-Policy", _policy(path))
    if path.startswith("/assets/"):
        # Vite puts a digest of the content into these names.
        headers.setdefault("Cache-Control", "public, max-age=31536000, immutable")
    elif path.startswith("/api/"):
        headers.setdefault("Cache-Control", "no-store")
    else:
        headers.setdefault("Cache-Control", "no-cache")


def _policy(path: str) -> str:
    if path.startswith("/api/v1/docs"):
        return _DOCS_POLICY
    return _API_POLICY if path.startswith("/api/") else page_policy()
