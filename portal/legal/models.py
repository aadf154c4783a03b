"""The table of legal instruments."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.kernel.record import Record, WhenAttribute, record_key, to_own_kind, when_columns
from portal.kernel.when import When

KINDS = (
    "eu_agreement", "international_agreement", "eu_regulation", "eu_directive", "commission_communication", "czech_act",
    "planned_amendment", "government_resolution", "government_principles", "joint_declaration", "action_plan", "other",
)  # fmt: skip
STATUSES = ("in_preparation", "in_force", "no_longer_in_force", "repealed")
"""As far as sources go: prepared, entered into force, its validity has ended, repealed by another act."""


class LegalInstrument(Record):
    """An agreement, act, resolution or other document on which cooperation rests. Names are its title as it is usually cited.

    `number` is the designation in both languages: `326/1999 Sb.`, `326/1999 Coll.`. Who adopted it is an organisation of the
    portal, or words where it is none. `repealed_by` is the act in words; where the portal has it, a link says so too.
    """

    __tablename__ = "legal_instrument"
    id: Mapped[int] = record_key()
    kind_code: Mapped[str | None] = mapped_column(String(32))
    status: Mapped[str | None] = mapped_column(String(24))
    number_cs: Mapped[str] = mapped_column(Text, nullable=False, default="")
    number_en: Mapped[str] = mapped_column(Text, nullable=False, default="")
    full_title_cs: Mapped[str] = mapped_column(Text, nullable=False, default="")
    full_title_en: Mapped[str] = mapped_column(Text, nullable=False, default="")
    aim_cs: Mapped[str] = mapped_column(Text, nullable=False, default="")
    aim_en: Mapped[str] = mapped_column(Text, nullable=False, default="")
    dated_edtf, dated_from, dated_to = when_columns()
    dated = WhenAttribute()
    adopted_on_edtf, adopted_on_from, adopted_on_to = when_columns()
    adopted_on = WhenAttribute()
    adopted_by_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    adopted_by_words_cs: Mapped[str] = mapped_column(Text, nullable=False, default="")
    adopted_by_words_en: Mapped[str] = mapped_column(Text, nullable=False, default="")
    signed_edtf, signed_from, signed_to = when_columns()
    signed = WhenAttribute()
    concluded_edtf, concluded_from, concluded_to = when_columns()
    concluded = WhenAttribute()
    in_force_edtf, in_force_from, in_force_to = when_columns()
    in_force = WhenAttribute()
    transposition_deadline_edtf, transposition_deadline_from, transposition_deadline_to = when_columns()
    transposition_deadline = WhenAttribute()
    end_of_validity_edtf, end_of_validity_from, end_of_validity_to = when_columns()
    end_of_validity = WhenAttribute()
    repealed_by_cs: Mapped[str] = mapped_column(Text, nullable=False, default="")
    repealed_by_en: Mapped[str] = mapped_column(Text, nullable=False, default="")
    period_edtf, period_from, period_to = when_columns()
    period = WhenAttribute()
    text_version_cs: Mapped[str] = mapped_column(Text, nullable=False, default="")
    text_version_en: Mapped[str] = mapped_column(Text, nullable=False, default="")
    laid_down_in_id: Mapped[int | None] = mapped_column(ForeignKey("legal_instrument.id"), index=True)
    celex: Mapped[str | None] = mapped_column(String(40))
    oj: Mapped[str | None] = mapped_column(Text)
    eli: Mapped[str | None] = mapped_column(Text)

    adopted_by: Mapped[Record | None] = relationship("Organisation", foreign_keys=[adopted_by_id])
    laid_down_in: Mapped[LegalInstrument | None] = relationship(
        foreign_keys=[laid_down_in_id], **to_own_kind(lambda: LegalInstrument.laid_down_in_id)
    )
    __mapper_args__ = {"polymorphic_identity": "legal_instrument", "inherit_condition": id == Record.id}

    @property
    def made(self) -> tuple[str, When] | None:
        """The date it is listed by and which one that is: the first that is stated of `LISTED_BY`."""
        stated = ((field, getattr(self, field)) for field in LISTED_BY)
        return next(((field, when) for field, when in stated if when is not None), None)


LISTED_BY = ("dated", "adopted_on", "signed", "concluded", "in_force", "period")
"""The dates by one of which a legal instrument stands in a list, the first that is stated."""
DATES = ("dated", "adopted_on", "signed", "concluded", "in_force", "transposition_deadline", "end_of_validity")
"""Its points in time; `period` is the time it is for."""
