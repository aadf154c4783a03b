"""Tables of milestones, activities, indicators with their values, and risks."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.kernel.number import ExactNumber
from portal.kernel.record import Record, WhenAttribute, record_key, when_columns


class Milestone(Record):
    """What the project `of_id` is to reach by a day. `due`: as planned; `reached`: as it was, None where it has not been."""

    __tablename__ = "milestone"
    id: Mapped[int] = record_key()
    of_id: Mapped[int] = mapped_column(ForeignKey("record.id"), nullable=False, index=True)
    due_edtf, due_from, due_to = when_columns()
    due = WhenAttribute()
    reached_edtf, reached_from, reached_to = when_columns()
    reached = WhenAttribute()

    of: Mapped[Record] = relationship(foreign_keys=[of_id])
    __mapper_args__ = {"polymorphic_identity": "milestone", "inherit_condition": id == Record.id}

    def covers(self) -> set[int]:
        return {self.of_id}

    def framework_ids(self) -> set[int]:
        return self.of.framework_ids()


class Activity(Record):
    """What the project `of_id` does, from `start` to `end`."""

    __tablename__ = "activity"
    id: Mapped[int] = record_key()
    of_id: Mapped[int] = mapped_column(ForeignKey("record.id"), nullable=False, index=True)
    start_edtf, start_from, start_to = when_columns()
    start = WhenAttribute()
    end_edtf, end_from, end_to = when_columns()
    end = WhenAttribute()
    state: Mapped[str | None] = mapped_column(String(8))

    of: Mapped[Record] = relationship(foreign_keys=[of_id])
    __mapper_args__ = {"polymorphic_identity": "activity", "inherit_condition": id == Record.id}

    def covers(self) -> set[int]:
        return {self.of_id}

    def framework_ids(self) -> set[int]:
        return self.of.framework_ids()


class Indicator(Record):
    """By what the result of the project or framework `of_id` is measured. Numbers are in `unit`; `direction`: whether more or
    less of it is better."""

    __tablename__ = "indicator"
    id: Mapped[int] = record_key()
    of_id: Mapped[int] = mapped_column(ForeignKey("record.id"), nullable=False, index=True)
    unit_cs: Mapped[str] = mapped_column(Text, nullable=False, default="")
    unit_en: Mapped[str] = mapped_column(Text, nullable=False, default="")
    direction: Mapped[str | None] = mapped_column(String(8))
    baseline: Mapped[Decimal | None] = mapped_column(ExactNumber)
    baseline_on_edtf, baseline_on_from, baseline_on_to = when_columns()
    baseline_on = WhenAttribute()
    target: Mapped[Decimal | None] = mapped_column(ExactNumber)
    target_on_edtf, target_on_from, target_on_to = when_columns()
    target_on = WhenAttribute()

    of: Mapped[Record] = relationship(foreign_keys=[of_id])
    __mapper_args__ = {"polymorphic_identity": "indicator", "inherit_condition": id == Record.id}

    def covers(self) -> set[int]:
        return {self.of_id}

    def framework_ids(self) -> set[int]:
        return self.of.framework_ids()


class IndicatorValue(Record):
    """What was measured of an indicator for a period, in the indicator's unit. It has no name of its own."""

    __tablename__ = "indicator_value"
    id: Mapped[int] = record_key()
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), nullable=False, index=True)
    period_edtf, period_from, period_to = when_columns()
    period = WhenAttribute()
    value: Mapped[Decimal | None] = mapped_column(ExactNumber)

    indicator: Mapped[Indicator] = relationship(foreign_keys=[indicator_id])
    __mapper_args__ = {"polymorphic_identity": "indicator_value", "inherit_condition": id == Record.id}

    def covers(self) -> set[int]:
        return {self.indicator_id}

    def framework_ids(self) -> set[int]:
        return self.indicator.framework_ids()


class Risk(Record):
    """What may go wrong in the project or framework `of_id`. `likelihood` and `impact`: codes 1 to 5; its owner is the
    responsible person."""

    __tablename__ = "risk"
    id: Mapped[int] = record_key()
    of_id: Mapped[int] = mapped_column(ForeignKey("record.id"), nullable=False, index=True)
    likelihood: Mapped[str | None] = mapped_column(String(1))
    impact: Mapped[str | None] = mapped_column(String(1))
    measures_cs: Mapped[str] = mapped_column(Text, nullable=False, default="")
    measures_en: Mapped[str] = mapped_column(Text, nullable=False, default="")
    state: Mapped[str] = mapped_column(String(8), nullable=False, default="open")

    of: Mapped[Record] = relationship(foreign_keys=[of_id])
    __mapper_args__ = {"polymorphic_identity": "risk", "inherit_condition": id == Record.id}

    def covers(self) -> set[int]:
        return {self.of_id}

    def framework_ids(self) -> set[int]:
        return self.of.framework_ids()
