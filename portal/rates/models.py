"""Tables of rates: files that were imported, the monthly rates they held, and the file somebody is looking through."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.kernel.db import Base, Instant, Versioned
from portal.kernel.number import ExactNumber
from portal.kernel.transaction import Change


class RateImport(Versioned, Base):
    """One file of monthly rates that was loaded: its name, the SHA-256 of its bytes, and how many rates it brought. `reason`: why
    it supersedes loaded ones, where it does."""

    __tablename__ = "rate_import"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    file_name: Mapped[str] = mapped_column(String(200), nullable=False)
    file_hash: Mapped[str] = mapped_column(String(64), nullable=False)
    number: Mapped[int] = mapped_column(Integer, nullable=False)
    reason: Mapped[str] = mapped_column(Text, nullable=False, default="")
    change_id: Mapped[int] = mapped_column(ForeignKey("change.id"), nullable=False)

    change: Mapped[Change] = relationship()
    """Who loaded it and when: names stand in the change alone, where an erased account leaves its pseudonym."""


class MonthlyRate(Versioned, Base):
    """InforEuro of one currency and month (its first day): `per_euro` units of the currency for one euro, as a file stated it at
    `place`. Never edited: a new `edition` supersedes it, and then it is `current` no more."""

    __tablename__ = "monthly_rate"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    currency: Mapped[str] = mapped_column(String(3), nullable=False)
    month: Mapped[date] = mapped_column(Date, nullable=False)
    edition: Mapped[int] = mapped_column(Integer, nullable=False)
    current: Mapped[bool] = mapped_column(Boolean, nullable=False)
    per_euro: Mapped[Decimal] = mapped_column(ExactNumber, nullable=False)
    source: Mapped[str] = mapped_column(String(300), nullable=False)
    retrieved: Mapped[date] = mapped_column(Date, nullable=False)
    place: Mapped[str] = mapped_column(String(120), nullable=False)
    import_id: Mapped[int] = mapped_column(ForeignKey("rate_import.id"), nullable=False, index=True)

    imported: Mapped[RateImport] = relationship()
    __table_args__ = (
        UniqueConstraint("currency", "month", "edition"),
        Index(
            "uq_monthly_rate_current", "currency", "month", unique=True,
            sqlite_where=text("current"), postgresql_where=text("current"),
        ),
        CheckConstraint("edition > 0", name="edition_counts"),
    )  # fmt: skip


class RateDraft(Base):
    """What a person uploaded and is looking through: the rates read from it, as JSON. It goes when they are loaded, when the
    same person uploads another file, and after a day. No data of the portfolio: not versioned."""

    __tablename__ = "rate_draft"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True)
    file_name: Mapped[str] = mapped_column(String(200), nullable=False)
    file_hash: Mapped[str] = mapped_column(String(64), nullable=False)
    made_at: Mapped[datetime] = mapped_column(Instant, nullable=False)
    lines: Mapped[str] = mapped_column(Text, nullable=False)

    __table_args__ = {"sqlite_autoincrement": True}
