"""The table of the addresses under which people take their calendar elsewhere. Account data, not versioned."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.db import Base, Instant


class CalendarFeed(Base):
    """The feed of one person: the SHA-256 of the secret in its address. One at a time; a new one ends the one before."""

    __tablename__ = "calendar_feed"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), nullable=False, unique=True)
    made_at: Mapped[datetime] = mapped_column(Instant, nullable=False)
