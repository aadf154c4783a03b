"""Tables of reporting obligations and of the reports they make due."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.kernel.db import Base, Instant
from portal.kernel.record import Record, WhenAttribute, record_key, when_columns
from portal.obligations.rules import OPEN, PLANNED


class Obligation(Record):
    """What the contract, framework or project `of_id` has to report. `starts` and `ends`: the time to be reported on, `every`:
    the months of one period (None: one report for all of it); a report is due `due_days` or `due_months` after its period."""

    __tablename__ = "obligation"
    id: Mapped[int] = record_key()
    of_id: Mapped[int] = mapped_column(ForeignKey("record.id"), nullable=False, index=True)
    kind_code: Mapped[str | None] = mapped_column(String(32))
    recipient_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    language: Mapped[str | None] = mapped_column(String(8))
    starts_edtf, starts_from, starts_to = when_columns()
    starts = WhenAttribute()
    ends_edtf, ends_from, ends_to = when_columns()
    ends = WhenAttribute()
    every: Mapped[int | None] = mapped_column(Integer)
    due_days: Mapped[int | None] = mapped_column(Integer)
    due_months: Mapped[int | None] = mapped_column(Integer)
    due_rule_cs: Mapped[str] = mapped_column(Text, nullable=False, default="")
    due_rule_en: Mapped[str] = mapped_column(Text, nullable=False, default="")

    of: Mapped[Record] = relationship(foreign_keys=[of_id])
    recipient: Mapped[Record | None] = relationship("Organisation", foreign_keys=[recipient_id])
    __mapper_args__ = {"polymorphic_identity": "obligation", "inherit_condition": id == Record.id}

    def covers(self) -> set[int]:
        return {self.of_id, self.recipient_id} - {None}

    def framework_ids(self) -> set[int]:
        return self.of.framework_ids()


class DueReport(Record):
    """One report that an obligation makes due: its period and the last day for it, both exact; how far it is (`rules.STATES`),
    who prepared and who checked it, when it was sent and for what it was returned. `edition` counts what is sent: a correction
    is the next one. `Record.reference` is the number of the letter it was sent with; `sent_how` how it was sent where no file
    of it is registered. `handed_over_at`: the moment (of a change) it was handed over for its check, which holds until somebody
    writes in it (`queries.is_handed_over`)."""

    __tablename__ = "due_report"
    id: Mapped[int] = record_key()
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"), nullable=False)
    period_edtf, period_from, period_to = when_columns()
    period = WhenAttribute()
    due_edtf, due_from, due_to = when_columns()
    due = WhenAttribute()
    state: Mapped[str] = mapped_column(String(16), nullable=False, default=PLANNED)
    edition: Mapped[int] = mapped_column(Integer, nullable=False, default=1)
    prepared_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    handed_over_at: Mapped[datetime | None] = mapped_column(Instant)
    sent_edtf, sent_from, sent_to = when_columns()
    sent = WhenAttribute()
    sent_how: Mapped[str] = mapped_column(Text, nullable=False, default="", server_default="")
    returned_for: Mapped[str] = mapped_column(Text, nullable=False, default="")

    obligation: Mapped[Obligation] = relationship(foreign_keys=[obligation_id])
    __mapper_args__ = {"polymorphic_identity": "due_report", "inherit_condition": id == Record.id}
    __table_args__ = (
        Index("ix_due_report_obligation", "obligation_id", "period_from"),
        Index("ix_due_report_due_to", "due_to"),
    )

    def covers(self) -> set[int]:
        return {self.obligation_id}

    def framework_ids(self) -> set[int]:
        return self.obligation.framework_ids()

    @property
    def is_open(self) -> bool:
        """Whether its money and texts are written now."""
        return self.state in OPEN


WAY = ("state", "edition", "prepared_by_id", "handed_over_at", "checked_by_id", "sent_edtf", "sent_how", "returned_for")
"""Columns of a due report that only its moves write."""


class ReportNotice(Base):
    """Somebody was reminded of the report: `stage` soon or late, of the day it was due on then."""

    __tablename__ = "report_notice"
    due_report_id: Mapped[int] = mapped_column(ForeignKey("due_report.id", ondelete="CASCADE"), primary_key=True)
    stage: Mapped[str] = mapped_column(String(8), primary_key=True)
    due_on: Mapped[date] = mapped_column(Date, primary_key=True)
    told_at: Mapped[datetime] = mapped_column(Instant, nullable=False)

    __table_args__ = ({"info": {"derived": True}},)
