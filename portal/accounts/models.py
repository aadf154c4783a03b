"""Tables of people, their rights and their sessions. Not versioned: account data can be erased, rights are today's."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.kernel.db import Base, Instant


class Person(Base):
    """Somebody who signs in. `everywhere` lets an editor write in every framework."""

    __tablename__ = "person"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    login: Mapped[str] = mapped_column(String(120), nullable=False, unique=True)
    name: Mapped[str] = mapped_column(String(200), nullable=False)
    role: Mapped[str] = mapped_column(String(24), nullable=False)
    everywhere: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)
    lang: Mapped[str | None] = mapped_column(String(2))
    password_hash: Mapped[str | None] = mapped_column(Text)
    active: Mapped[bool] = mapped_column(Boolean, nullable=False, default=True)
    created_at: Mapped[datetime] = mapped_column(Instant, nullable=False)
    disabled_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(Integer, nullable=False)

    frameworks: Mapped[list[PersonFramework]] = relationship(cascade="all, delete-orphan")
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = {"sqlite_autoincrement": True}


class PersonFramework(Base):
    """A framework in which a person may write, with everything below it."""

    __tablename__ = "person_framework"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    framework_id: Mapped[int] = mapped_column(ForeignKey("record.id", ondelete="CASCADE"), primary_key=True)


class SignIn(Base):
    """A server-side session: the browser holds a random token, the database its SHA-256."""

    __tablename__ = "sign_in"
    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True)
    started_at: Mapped[datetime] = mapped_column(Instant, nullable=False)
    seen_at: Mapped[datetime] = mapped_column(Instant, nullable=False)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    person: Mapped[Person] = relationship()


class SignInAttempt(Base):
    """A failed or running attempt to sign in, counted for a quarter of an hour and then deleted.

    The login is kept as SHA-256 only: people type passwords into the wrong field.
    """

    __tablename__ = "sign_in_attempt"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant, nullable=False, index=True)
    login_hash: Mapped[str] = mapped_column(String(64), nullable=False)
    address: Mapped[str] = mapped_column(String(64), nullable=False)

    __table_args__ = (
        Index("ix_sign_in_attempt_login", "login_hash", "at"),
        Index("ix_sign_in_attempt_address", "address", "at"),
    )


class SecurityEntry(Base):
    """The security log: sign-ins, failures, changes of rights. Stands outside changes."""

    __tablename__ = "security_entry"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant, nullable=False, index=True)
    what: Mapped[str] = mapped_column(String(40), nullable=False)
    person_id: Mapped[int | None] = mapped_column(Integer, index=True)
    login: Mapped[str | None] = mapped_column(String(120))
    actor_id: Mapped[int | None] = mapped_column(Integer)
    detail: Mapped[str] = mapped_column(Text, nullable=False, default="")

    __table_args__ = {"sqlite_autoincrement": True}
