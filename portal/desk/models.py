"""Tables of the desk. Comments and tasks are versioned; following, notifications and their choice, and what one opened are
account data."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.db import Base, Instant, Versioned


class Comment(Versioned, Base):
    """What a person says of a record. Withdrawn, it keeps its place; what it said is in its history alone."""

    __tablename__ = "comment"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("record.id"), nullable=False)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"), nullable=False)
    text: Mapped[str] = mapped_column(Text, nullable=False)
    written_at: Mapped[datetime] = mapped_column(Instant, nullable=False)
    edited_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(Integer, nullable=False)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (Index("ix_comment_record", "record_id", "written_at"),)


class Task(Versioned, Base):
    """What somebody is to do, of a record or of none. `state`: open, done, dropped; `closed_*`: by whom and when; `sought`:
    title and text folded for search."""

    __tablename__ = "task"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    record_id: Mapped[int | None] = mapped_column(ForeignKey("record.id"))
    title: Mapped[str] = mapped_column(String(300), nullable=False)
    text: Mapped[str] = mapped_column(Text, nullable=False, default="")
    sought: Mapped[str] = mapped_column(Text, nullable=False, default="")
    maker_id: Mapped[int] = mapped_column(ForeignKey("person.id"), nullable=False)
    assignee_id: Mapped[int] = mapped_column(ForeignKey("person.id"), nullable=False)
    due: Mapped[date | None] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(8), nullable=False, default="open")
    made_at: Mapped[datetime] = mapped_column(Instant, nullable=False)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(Integer, nullable=False)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        Index("ix_task_record", "record_id"),
        Index("ix_task_assignee", "assignee_id", "state"),
        Index("ix_task_maker", "maker_id"),
        Index("ix_task_state_due", "state", "due"),
    )


class Follow(Base):
    """A person wants to be told of a record."""

    __tablename__ = "follow"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("record.id", ondelete="CASCADE"), primary_key=True, index=True)
    since: Mapped[datetime] = mapped_column(Instant, nullable=False)

    __table_args__ = {"info": {"derived": True}}  # goes with its record, and keeps nobody from undoing its addition


class MovedFollow(Base):
    """A person follows `to_id` because they followed `from_id`, which was merged into it; separated, they follow that again."""

    __tablename__ = "moved_follow"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("record.id", ondelete="CASCADE"), primary_key=True)
    to_id: Mapped[int] = mapped_column(ForeignKey("record.id", ondelete="CASCADE"), nullable=False)

    __table_args__ = {"info": {"derived": True}}


class Notification(Base):
    """Something that concerns a person. `kind` says what (`rules.KINDS`); the rest is where to look and who did it.
    `mailed_at`: when its e-mail was done with; `mail_tries`: how often it was tried, last at `mail_tried_at`."""

    __tablename__ = "notification"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), nullable=False)
    kind: Mapped[str] = mapped_column(String(24), nullable=False)
    record_id: Mapped[int | None] = mapped_column(ForeignKey("record.id", ondelete="CASCADE"), index=True)
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), index=True)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), index=True)
    change_id: Mapped[int | None] = mapped_column(ForeignKey("change.id"), index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(Instant, nullable=False)
    read_at: Mapped[datetime | None] = mapped_column(Instant)
    mailed_at: Mapped[datetime | None] = mapped_column(Instant)
    mail_tries: Mapped[int] = mapped_column(Integer, nullable=False, default=0, server_default="0")
    mail_tried_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (
        Index("ix_notification_person", "person_id", "read_at", "made_at"),
        {"sqlite_autoincrement": True, "info": {"derived": True}},
    )


class RecentlyOpened(Base):
    """A person opened the page of a record, last at `opened_at`."""

    __tablename__ = "recently_opened"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("record.id", ondelete="CASCADE"), primary_key=True, index=True)
    opened_at: Mapped[datetime] = mapped_column(Instant, nullable=False)

    __table_args__ = (
        Index("ix_recently_opened_person", "person_id", "opened_at"),
        {"info": {"derived": True}},  # goes with its record, and keeps nobody from undoing its addition
    )


class NotificationChoice(Base):
    """Whether a person wants notifications of one kind, and by e-mail (`rules.MAILS`); without a row they are wanted, not by
    e-mail."""

    __tablename__ = "notification_choice"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(24), primary_key=True)
    wanted: Mapped[bool] = mapped_column(Boolean, nullable=False)
    mail: Mapped[str] = mapped_column(String(8), nullable=False, default="none", server_default="none")


class MailAddress(Base):
    """Where a person wants to have notifications by e-mail. `confirmed_at`: when they opened the link sent there, without which
    nothing else is sent; `link_wanted_at`: when the link was asked for last, `link_sent_at`: when it was handed over."""

    __tablename__ = "mail_address"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    address: Mapped[str] = mapped_column(String(254), nullable=False)
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    link_wanted_at: Mapped[datetime | None] = mapped_column(Instant)
    link_sent_at: Mapped[datetime | None] = mapped_column(Instant)
