"""The Reflex plugin of the page build; imported by rxconfig.py alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reflex_base.plugins import Plugin

from interview_coach.launch import same_origin


class SameOriginPlugin(Plugin):
    """Lets one build run behind any host and port."""

    def post_build(self, **context: Any) -> None:
        """Runs after Vite and before the files are compressed."""
        same_origin.rewrite(Path(context["static_dir"]))
