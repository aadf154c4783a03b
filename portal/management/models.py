"""The table of values at the ends of quarters. Derived from the history, not versioned."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.db import Base, Instant


class QuarterEnd(Base):
    """The value of a figure right after change `change_id`, the last one of the quarter, as JSON (`queries.written`).

    `veils` tells apart what was confidential when it was computed: rights are today's, so a value of other veils counts no more.
    """

    __tablename__ = "quarter_end"
    quarter: Mapped[str] = mapped_column(String(7), primary_key=True)
    figure: Mapped[str] = mapped_column(String(60), primary_key=True)
    change_id: Mapped[int] = mapped_column(Integer, nullable=False)
    veils: Mapped[str] = mapped_column(String(64), nullable=False)
    value: Mapped[str] = mapped_column(Text, nullable=False)
    kept_at: Mapped[datetime] = mapped_column(Instant, nullable=False)

    __table_args__ = {"info": {"derived": True}}
