"""The table of contact persons, and who was told that one is to be deleted."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.kernel.db import Base, Instant
from portal.kernel.record import Record, record_key
from portal.partners.models import Organisation

ERASED = ("Smazaný kontakt", "Deleted contact")
"""What a contact is called, in Czech and English, once its data are deleted."""


class Contact(Record):
    """A person at an organisation whom the office turns to, in general or for one project or framework (`concerns_id`).

    The data are deleted on `delete_on` (None once they are); `erased_on` is the day on which that happened. `sought`: the
    purpose folded for search.
    """

    __tablename__ = "contact"
    id: Mapped[int] = record_key()
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), nullable=False, index=True)
    concerns_id: Mapped[int | None] = mapped_column(ForeignKey("record.id"), index=True)
    function_cs: Mapped[str] = mapped_column(Text, nullable=False, default="")
    function_en: Mapped[str] = mapped_column(Text, nullable=False, default="")
    email: Mapped[str | None] = mapped_column(String(254))
    phone: Mapped[str | None] = mapped_column(String(60))
    language: Mapped[str | None] = mapped_column(String(8))
    purpose_cs: Mapped[str] = mapped_column(Text, nullable=False, default="")
    purpose_en: Mapped[str] = mapped_column(Text, nullable=False, default="")
    sought: Mapped[str] = mapped_column(Text, nullable=False, default="", info={"follows": "purpose"})
    delete_on: Mapped[date | None] = mapped_column(Date, index=True)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    erased_on: Mapped[date | None] = mapped_column(Date)

    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id])
    concerns: Mapped[Record | None] = relationship(foreign_keys=[concerns_id])
    __mapper_args__ = {"polymorphic_identity": "contact", "inherit_condition": id == Record.id}

    private = True

    @property
    def forgotten(self) -> bool:
        return self.erased_on is not None

    def covers(self) -> set[int]:
        return {self.organisation_id, self.concerns_id} - {None}


class ContactNotice(Base):
    """Somebody was told that the contact is to be deleted on that day."""

    __tablename__ = "contact_notice"
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id", ondelete="CASCADE"), primary_key=True)
    delete_on: Mapped[date] = mapped_column(Date, primary_key=True)
    told_at: Mapped[datetime] = mapped_column(Instant, nullable=False)

    __table_args__ = ({"info": {"derived": True}},)
