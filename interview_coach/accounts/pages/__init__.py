"""Pages of accounts: the ways in, and the settings."""

from interview_coach.accounts.pages.entry import login, register
from interview_coach.accounts.pages.mail_links import forgot, reset, verify
from interview_coach.accounts.pages.settings import settings

__all__ = ["forgot", "login", "register", "reset", "settings", "verify"]
