"""The tables of reports: who may read one without an account, and what they said about it."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from interview_coach.kit.clock import now
from interview_coach.kit.database import JsonColumn, UtcDateTime
from interview_coach.kit.encrypted import EncryptedText
from interview_coach.kit.ids import new_id


class ReportShare(SQLModel, table=True):
    """The link to the report of an interview. There is one at most; a new one replaces it.

    digest: of the token in the link, which is told once. hidden: what is left out, see
    `hiding.HIDDEN`. comments: whether whoever has the link may comment.
    """

    __tablename__ = "report_shares"

    id: str = Field(default_factory=new_id, primary_key=True, max_length=26)
    user_id: str = Field(foreign_key="users.id", ondelete="CASCADE", index=True, max_length=26)
    interview_id: str = Field(
        foreign_key="interviews.id", ondelete="CASCADE", unique=True, max_length=26
    )
    digest: str = Field(max_length=64, unique=True)
    hidden: list[str] = Field(default_factory=list, sa_type=JsonColumn)
    comments: bool = False
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)


class ReportComment(SQLModel, table=True):
    """What somebody with the link wrote about an interview or about one of its answers.

    user_id: whose interview it is. seconds: the place in the recording it is about. author and
    text are encrypted. Comments outlive the link.
    """

    __tablename__ = "report_comments"

    id: str = Field(default_factory=new_id, primary_key=True, max_length=26)
    user_id: str = Field(foreign_key="users.id", ondelete="CASCADE", index=True, max_length=26)
    interview_id: str = Field(
        foreign_key="interviews.id", ondelete="CASCADE", index=True, max_length=26
    )
    answer_id: str | None = Field(
        default=None, foreign_key="answers.id", ondelete="CASCADE", index=True, max_length=26
    )
    seconds: float | None = None
    author: str = Field(sa_type=EncryptedText("report_comments.author"))
    text: str = Field(sa_type=EncryptedText("report_comments.text"))
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
