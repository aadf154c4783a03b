"""The tables of kept summaries: what each place adds to the figures of the whole portfolio, when it gave the last sign of life,
and what was touched since.

Derived from the live tables, not versioned, and never read for the past. Triggers write the marks (migrations 0019 and 0021),
whoever writes and however; nothing else does.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.db import Base


class FigurePart(Base):
    """What a record adds to the figures of a certainty, of what is open to everybody, as JSON (`parts.written`). In place of a
    record's id one of `parts.WHOLES`: the sum of all places in one section."""

    __tablename__ = "figure_part"
    certainty: Mapped[str] = mapped_column(String(16), primary_key=True)
    place_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    edition: Mapped[int] = mapped_column(Integer, nullable=False)
    part: Mapped[str] = mapped_column(Text, nullable=False)

    __table_args__ = {"info": {"derived": True}}


class FigureSign(Base):
    """Of a place that stands in a framework: the day of its last sign of life, and of the first one that lies ahead, among what
    is open to everybody. Places without either have no row."""

    __tablename__ = "figure_sign"
    place_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    framework_id: Mapped[int] = mapped_column(Integer, nullable=False)
    day: Mapped[date | None] = mapped_column(Date)
    ahead: Mapped[date | None] = mapped_column(Date)

    __table_args__ = (
        Index("ix_figure_sign_framework_day", "framework_id", "day"),
        Index("ix_figure_sign_ahead", "ahead"),
        {"info": {"derived": True}},
    )


class FigureMark(Base):
    """A record was touched since its part was kept."""

    __tablename__ = "figure_mark"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    record_id: Mapped[int] = mapped_column(Integer, nullable=False)

    __table_args__ = {"info": {"derived": True}}
