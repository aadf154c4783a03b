"""Tables of saved views and of which of them a person starts with. Account data, not versioned."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.db import Base, Instant


class SavedView(Base):
    """`page` is the page it is of (`pages.PAGES`), `query` its filters as the query of an address; `shared`: everybody signed
    in is offered it."""

    __tablename__ = "saved_view"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), nullable=False)
    page: Mapped[str] = mapped_column(String(40), nullable=False)
    name: Mapped[str] = mapped_column(String(80), nullable=False)
    query: Mapped[str] = mapped_column(Text, nullable=False)
    shared: Mapped[bool] = mapped_column(Boolean, nullable=False)
    made_at: Mapped[datetime] = mapped_column(Instant, nullable=False)

    __table_args__ = (UniqueConstraint("owner_id", "name"), {"sqlite_autoincrement": True})


class StartingView(Base):
    """The view with which a person opens a page when its address asks for nothing."""

    __tablename__ = "starting_view"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    page: Mapped[str] = mapped_column(String(40), primary_key=True)
    view_id: Mapped[int] = mapped_column(ForeignKey("saved_view.id", ondelete="CASCADE"), nullable=False, index=True)
