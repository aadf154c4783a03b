"""Tables of events and of what was agreed to be done after them."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.kernel.record import Record, WhenAttribute, record_key, when_columns
from portal.partners.models import Country


class Event(Record):
    """A meeting, summit, negotiation or other occasion. `under_id`: the framework or project it is an event of, if any.

    `attendance` is the number a source states (people or states, as its words say), never a count of roles.
    """

    __tablename__ = "event"
    id: Mapped[int] = record_key()
    kind_code: Mapped[str | None] = mapped_column(String(32))
    under_id: Mapped[int | None] = mapped_column(ForeignKey("record.id"), index=True)
    held_edtf, held_from, held_to = when_columns()
    held = WhenAttribute()
    change: Mapped[str | None] = mapped_column(String(16))
    place_cs: Mapped[str] = mapped_column(Text, nullable=False, default="")
    place_en: Mapped[str] = mapped_column(Text, nullable=False, default="")
    country_id: Mapped[int | None] = mapped_column(ForeignKey("country.id"), index=True)
    host_cs: Mapped[str] = mapped_column(Text, nullable=False, default="")
    host_en: Mapped[str] = mapped_column(Text, nullable=False, default="")
    attendance: Mapped[int | None] = mapped_column(Integer)
    topics_cs: Mapped[str] = mapped_column(Text, nullable=False, default="")
    topics_en: Mapped[str] = mapped_column(Text, nullable=False, default="")
    outcome_cs: Mapped[str] = mapped_column(Text, nullable=False, default="")
    outcome_en: Mapped[str] = mapped_column(Text, nullable=False, default="")
    website: Mapped[str | None] = mapped_column(Text)

    under: Mapped[Record | None] = relationship(foreign_keys=[under_id])
    country: Mapped[Country | None] = relationship(foreign_keys=[country_id])
    __mapper_args__ = {"polymorphic_identity": "event", "inherit_condition": id == Record.id}
    __table_args__ = (Index("ix_event_held_to", "held_to"),)

    def covers(self) -> set[int]:
        return {self.under_id} - {None}

    def framework_ids(self) -> set[int]:
        return self.under.framework_ids() if self.under is not None else set()


class FollowUp(Record):
    """What somebody is to do after an event; its name says what. `owner_id`: the organisation or country that promised it;
    a colleague who sees to it is its responsible person."""

    __tablename__ = "follow_up"
    id: Mapped[int] = record_key()
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), nullable=False, index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("record.id"), index=True)
    due_edtf, due_from, due_to = when_columns()
    due = WhenAttribute()
    state: Mapped[str] = mapped_column(String(8), nullable=False, default="open")
    done_edtf, done_from, done_to = when_columns()
    done = WhenAttribute()

    event: Mapped[Event] = relationship(foreign_keys=[event_id])
    owner: Mapped[Record | None] = relationship(foreign_keys=[owner_id])
    __mapper_args__ = {"polymorphic_identity": "follow_up", "inherit_condition": id == Record.id}

    def covers(self) -> set[int]:
        return {self.event_id, self.owner_id} - {None}

    def framework_ids(self) -> set[int]:
        return self.event.framework_ids()
