"""Users, sessions, tokens; `access.py` is where a request or a page event becomes a user."""
