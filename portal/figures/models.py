"""The tables of kept summaries: what each place adds to the figures of the whole portfolio, and what was touched since.

Derived from the live tables, not versioned, and never read for the past. Triggers write the marks (migration 0019), whoever
writes and however; nothing else does.
"""

from __future__ import annotations

from sqlalchemy import Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.db import Base

WHOLE = 0
"""In place of a record's id: the sum of all places."""


class FigurePart(Base):
    """What a record adds to the figures of a certainty, of what is open to everybody, as JSON (`parts.written`)."""

    __tablename__ = "figure_part"
    certainty: Mapped[str] = mapped_column(String(16), primary_key=True)
    place_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    edition: Mapped[int] = mapped_column(Integer, nullable=False)
    part: Mapped[str] = mapped_column(Text, nullable=False)

    __table_args__ = {"info": {"derived": True}}


class FigureMark(Base):
    """A record was touched since its part was kept."""

    __tablename__ = "figure_mark"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    record_id: Mapped[int] = mapped_column(Integer, nullable=False)

    __table_args__ = {"info": {"derived": True}}
