"""The tables of frameworks and of the phases of a programme."""

from __future__ import annotations

from sqlalchemy import Boolean, ForeignKey, Integer, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.kernel.record import Record, WhenAttribute, record_key, to_own_kind, when_columns

KINDS = (
    "policy_framework", "conceptual_framework", "geographic_dimension", "multilateral_dialogue", "regional_partnership",
    "panel", "mobility_partnership_type", "mobility_partnership", "eu_dialogue", "bilateral_cooperation",
    "national_programme", "summit_series",
)  # fmt: skip
STATUSES = ("under_negotiation", "concluded", "active", "suspended", "ended")
"""`concluded`: agreed and signed, which does not say it is still carried out."""


class Framework(Record):
    """A dialogue or framework of cooperation. `parent_id` places it in the tree; None at the top or where not stated.

    `asks_approval`: what is reported of it, of what lies below it and of their projects counts only when approved."""

    __tablename__ = "framework"
    id: Mapped[int] = record_key()
    kind_code: Mapped[str | None] = mapped_column(String(32))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("framework.id"), index=True)
    status: Mapped[str | None] = mapped_column(String(24))
    launched_edtf, launched_from, launched_to = when_columns()
    launched = WhenAttribute()
    signed_edtf, signed_from, signed_to = when_columns()
    signed = WhenAttribute()
    ended_edtf, ended_from, ended_to = when_columns()
    ended = WhenAttribute()
    cz_role_cs: Mapped[str] = mapped_column(Text, nullable=False, default="")
    cz_role_en: Mapped[str] = mapped_column(Text, nullable=False, default="")
    description_cs: Mapped[str] = mapped_column(Text, nullable=False, default="")
    description_en: Mapped[str] = mapped_column(Text, nullable=False, default="")
    website: Mapped[str | None] = mapped_column(Text)
    asks_approval: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False, server_default=false())

    parent: Mapped[Framework | None] = relationship(
        foreign_keys=[parent_id], **to_own_kind(lambda: Framework.parent_id)
    )
    __mapper_args__ = {"polymorphic_identity": "framework", "inherit_condition": id == Record.id}

    def covers(self) -> set[int]:
        return {self.parent_id} - {None}

    def framework_ids(self) -> set[int]:
        return {self.id, self.parent_id} - {None}


class Phase(Record):
    """One phase of a programme, the `position`-th: what it is for, what it gives, what is decided, what comes of it."""

    __tablename__ = "phase"
    id: Mapped[int] = record_key()
    framework_id: Mapped[int] = mapped_column(ForeignKey("framework.id"), nullable=False, index=True)
    position: Mapped[int | None] = mapped_column(Integer)
    aim_cs: Mapped[str] = mapped_column(Text, nullable=False, default="")
    aim_en: Mapped[str] = mapped_column(Text, nullable=False, default="")
    provides_cs: Mapped[str] = mapped_column(Text, nullable=False, default="")
    provides_en: Mapped[str] = mapped_column(Text, nullable=False, default="")
    decision_cs: Mapped[str] = mapped_column(Text, nullable=False, default="")
    decision_en: Mapped[str] = mapped_column(Text, nullable=False, default="")
    outcome_cs: Mapped[str] = mapped_column(Text, nullable=False, default="")
    outcome_en: Mapped[str] = mapped_column(Text, nullable=False, default="")
    period_edtf, period_from, period_to = when_columns()
    period = WhenAttribute()

    framework: Mapped[Framework] = relationship(foreign_keys=[framework_id])
    __mapper_args__ = {"polymorphic_identity": "phase", "inherit_condition": id == Record.id}

    def covers(self) -> set[int]:
        return {self.framework_id}

    def framework_ids(self) -> set[int]:
        return self.framework.framework_ids()
