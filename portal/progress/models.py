"""The table of status updates. One that is not approved is kept back: hidden from everybody but its author and approvers."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.kernel.record import Record, WhenAttribute, record_key, when_columns
from portal.kernel.veil import keep_back
from portal.progress.rules import APPROVED


class StatusUpdate(Record):
    """What a person reports of a record: traffic light, status, what happened, what comes next; for `held_on`.

    `approval`: `rules.APPROVALS`, approved where no approval is asked; `decided_by_id`: who approved or returned it;
    `returned_for`: why it was returned, as long as it is."""

    __tablename__ = "status_update"
    id: Mapped[int] = record_key()
    of_id: Mapped[int] = mapped_column(ForeignKey("record.id"), nullable=False)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    held_on_edtf, held_on_from, held_on_to = when_columns()
    held_on = WhenAttribute()
    written_on: Mapped[date] = mapped_column(Date, nullable=False)
    light: Mapped[str | None] = mapped_column(String(8))
    status: Mapped[str | None] = mapped_column(String(2))
    happened: Mapped[str] = mapped_column(Text, nullable=False, default="")
    next_steps: Mapped[str] = mapped_column(Text, nullable=False, default="")
    lang: Mapped[str | None] = mapped_column(String(2))
    approval: Mapped[str] = mapped_column(String(10), nullable=False, default=APPROVED, server_default=APPROVED)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    returned_for: Mapped[str] = mapped_column(Text, nullable=False, default="", server_default="")

    of: Mapped[Record] = relationship(foreign_keys=[of_id])
    __mapper_args__ = {"polymorphic_identity": "status_update", "inherit_condition": id == Record.id}
    __table_args__ = (
        Index("ix_status_update_of", "of_id", "written_on"),
        Index("ix_status_update_written_on", "written_on"),
    )

    def covers(self) -> set[int]:
        return {self.of_id}

    def framework_ids(self) -> set[int]:
        return self.of.framework_ids()


keep_back("status_update", StatusUpdate.__table__.c.id, StatusUpdate.__table__.c.approval != APPROVED)
