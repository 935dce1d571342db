"""Reflex's own configuration. Nothing of a deployment is in it: one build runs everywhere."""

import reflex as rx

from interview_coach.launch.page_plugin import SameOriginPlugin

config = rx.Config(
    app_name="interview_coach",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    frontend_compression_formats=["brotli", "gzip"],
    # No foreign origin is answered by Reflex; api/ checks the origin of every request and socket.
    cors_allowed_origins=[],
    # What is on a screen may be lost at any time and is rebuilt from the database. In memory it
    # is three times as fast as in Redis, and nobody can plant a pickle there.
    state_manager_mode=rx.constants.StateManagerMode.MEMORY,
    plugins=[SameOriginPlugin()],
    # A sitemap needs the public address, which a build does not know.
    disable_plugins=[rx.plugins.SitemapPlugin],
)
