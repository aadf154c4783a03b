"""Tables of instruments, contracts, addenda and flows."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship, remote

from portal.kernel.db import Base, Versioned
from portal.kernel.money import Money
from portal.kernel.number import ExactNumber
from portal.kernel.record import MoneyAttribute, Record, WhenAttribute, record_key, to_own_kind, when_columns

FLOW_TYPES = ("1", "2", "3", "4", "7", "11", "12", "13")
"""IATI TransactionType 2.03: 1 incoming funds, 2 outgoing commitment, 3 disbursement, 4 expenditure, 7 reimbursement,
11 incoming commitment, 12 outgoing pledge, 13 incoming pledge. None: not stated."""
AMOUNT_MARKS = ("exact", "rounded", "estimated")
"""Precision of an amount as its source gives it; all but `exact` are shown with ≈ wherever the amount goes."""
UNKNOWN_REASONS = ("not_stated", "not_found", "not_split", "not_agreed")
"""Why an amount is unknown: sources do not state it; it was looked for and not found; a sum is known for more records and
its division is not; it is not agreed yet."""
RATE_REGIMES = ("A", "B", "C", "fixed")
"""How amounts in other currencies become euros: mean of the monthly InforEuro rates of the period; InforEuro of the month of
payment; mean of the daily rates of the ECB over the period; the rate the contract names."""
ROUNDING_RULES = ("nearest", "cut")
"""A converted amount: to the nearest cent; cut down to two decimals."""
ADDENDUM_KINDS = ("addendum", "top_up")


class FlowAmount(MoneyAttribute):
    """The amount of a flow: an unknown one always has a reason, a known one none."""

    def __set__(self, row, value: Money | None) -> None:
        reason = row.unknown_reason  # before the amount goes: reading it may write down what the row holds by then
        super().__set__(row, value)
        row.unknown_reason = None if value else reason or "not_stated"


class Instrument(Record):
    """A funding instrument or programme."""

    __tablename__ = "instrument"
    id: Mapped[int] = record_key()
    kind_code: Mapped[str | None] = mapped_column(String(32))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    legal_basis: Mapped[str] = mapped_column(Text, nullable=False, default="")
    period_edtf, period_from, period_to = when_columns()
    period = WhenAttribute()
    envelope_minor: Mapped[int | None] = mapped_column(BigInteger)
    envelope_currency: Mapped[str | None] = mapped_column(String(3))
    envelope = MoneyAttribute()
    envelope_mark: Mapped[str | None] = mapped_column(String(12))

    owner: Mapped[Record | None] = relationship("Organisation", foreign_keys=[owner_id])
    __mapper_args__ = {"polymorphic_identity": "instrument", "inherit_condition": id == Record.id}


class Contract(Record):
    """A grant agreement or other contract for a project or framework (`for_id`). Names are its title; `number` as printed.

    `eu_share` is per cent; `fixed_rate` units of `fixed_currency` for one euro; `cofinancing` what the state adds in each budget
    year, as `rules.years` reads it.
    """

    __tablename__ = "contract"
    id: Mapped[int] = record_key()
    for_id: Mapped[int | None] = mapped_column(ForeignKey("record.id"), index=True)
    instrument_id: Mapped[int | None] = mapped_column(ForeignKey("instrument.id"), index=True)
    authority_id: Mapped[int | None] = mapped_column(ForeignKey("record.id"), index=True)
    coordinator_id: Mapped[int | None] = mapped_column(ForeignKey("record.id"), index=True)
    number: Mapped[str | None] = mapped_column(String(80))
    signed_edtf, signed_from, signed_to = when_columns()
    signed = WhenAttribute()
    start_edtf, start_from, start_to = when_columns()
    start = WhenAttribute()
    end_edtf, end_from, end_to = when_columns()
    end = WhenAttribute()
    eu_share: Mapped[Decimal | None] = mapped_column(ExactNumber)
    currency: Mapped[str | None] = mapped_column(String(3))
    rate_regime: Mapped[str | None] = mapped_column(String(8))
    fixed_rate: Mapped[Decimal | None] = mapped_column(ExactNumber)
    fixed_currency: Mapped[str | None] = mapped_column(String(3))
    rounding: Mapped[str | None] = mapped_column(String(8))
    cofinancing: Mapped[str | None] = mapped_column(Text)

    subject: Mapped[Record | None] = relationship(foreign_keys=[for_id])
    instrument: Mapped[Instrument | None] = relationship(foreign_keys=[instrument_id])
    authority: Mapped[Record | None] = relationship(foreign_keys=[authority_id])
    coordinator: Mapped[Record | None] = relationship(foreign_keys=[coordinator_id])
    __mapper_args__ = {"polymorphic_identity": "contract", "inherit_condition": id == Record.id}

    def covers(self) -> set[int]:
        return {self.for_id, self.instrument_id, self.authority_id, self.coordinator_id} - {None}

    def place(self) -> Record | None:
        """The project or framework the contract is for."""
        return self.subject

    def framework_ids(self) -> set[int]:
        return self.subject.framework_ids() if self.subject else set()


class CoBeneficiary(Versioned, Base):
    """An organisation that carries a contract out beside its coordinator."""

    __tablename__ = "contract_co_beneficiary"
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True, index=True)


class Addendum(Record):
    """A dated change of a contract: an addendum or a top-up. Never an edit of the original."""

    __tablename__ = "addendum"
    id: Mapped[int] = record_key()
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), nullable=False, index=True)
    kind_code: Mapped[str] = mapped_column(String(16), nullable=False, default="addendum")
    number: Mapped[str | None] = mapped_column(String(80))
    signed_edtf, signed_from, signed_to = when_columns()
    signed = WhenAttribute()
    subject_cs: Mapped[str] = mapped_column(Text, nullable=False, default="")
    subject_en: Mapped[str] = mapped_column(Text, nullable=False, default="")

    contract: Mapped[Contract] = relationship(foreign_keys=[contract_id])
    __mapper_args__ = {"polymorphic_identity": "addendum", "inherit_condition": id == Record.id}

    def covers(self) -> set[int]:
        return {self.contract_id}

    def place(self) -> Record | None:
        return self.contract.place()

    def framework_ids(self) -> set[int]:
        return self.contract.framework_ids()


class Flow(Record):
    """Money from a provider to a receiver, booked at one framework or project. Amount None: unknown, with the reason.

    `certainty` (of the record) and `amount_mark` repeat the leading statement of the amount, `included_certainty` that of
    `included_in`: figures filter by them without reading statements. `sources.actions` keeps them (`Fact.mirrors`).
    A flow that supersedes another restates its amount (an addendum that says the new sum) instead of adding to it.
    """

    __tablename__ = "flow"
    id: Mapped[int] = record_key()
    booked_id: Mapped[int] = mapped_column(ForeignKey("record.id"), nullable=False)
    type_code: Mapped[str | None] = mapped_column(String(4))
    provider_id: Mapped[int | None] = mapped_column(ForeignKey("record.id"), index=True)
    receiver_id: Mapped[int | None] = mapped_column(ForeignKey("record.id"), index=True)
    instrument_id: Mapped[int | None] = mapped_column(ForeignKey("instrument.id"), index=True)
    contract_id: Mapped[int | None] = mapped_column(ForeignKey("contract.id"), index=True)
    addendum_id: Mapped[int | None] = mapped_column(ForeignKey("addendum.id"), index=True)
    amount_minor: Mapped[int | None] = mapped_column(BigInteger)
    amount_currency: Mapped[str | None] = mapped_column(String(3))
    amount = FlowAmount()
    amount_mark: Mapped[str | None] = mapped_column(String(12))
    unknown_reason: Mapped[str | None] = mapped_column(String(24))
    valued_edtf, valued_from, valued_to = when_columns()
    valued = WhenAttribute()
    included_in_id: Mapped[int | None] = mapped_column(ForeignKey("flow.id"), index=True)
    included_certainty: Mapped[str | None] = mapped_column(String(16))
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("flow.id"), index=True)
    purpose_cs: Mapped[str] = mapped_column(Text, nullable=False, default="")
    purpose_en: Mapped[str] = mapped_column(Text, nullable=False, default="")

    booked: Mapped[Record] = relationship(foreign_keys=[booked_id])
    provider: Mapped[Record | None] = relationship(foreign_keys=[provider_id])
    receiver: Mapped[Record | None] = relationship(foreign_keys=[receiver_id])
    instrument: Mapped[Instrument | None] = relationship(foreign_keys=[instrument_id])
    contract: Mapped[Contract | None] = relationship(foreign_keys=[contract_id])
    addendum: Mapped[Addendum | None] = relationship(foreign_keys=[addendum_id])
    included_in: Mapped[Flow | None] = relationship(
        foreign_keys=[included_in_id], **to_own_kind(lambda: Flow.included_in_id)
    )
    supersedes: Mapped[Flow | None] = relationship(
        foreign_keys=[supersedes_id], **to_own_kind(lambda: Flow.supersedes_id)
    )
    superseded_by: Mapped[list[Flow]] = relationship(
        primaryjoin=lambda: remote(foreign(Flow.__table__.c.supersedes_id)) == Record.__table__.c.id,
        order_by=lambda: Flow.__table__.c.id, viewonly=True,
    )  # fmt: skip
    __mapper_args__ = {"polymorphic_identity": "flow", "inherit_condition": id == Record.id}
    __table_args__ = (
        Index("ix_flow_booked", "booked_id", "id"),
        Index("ix_flow_valued_to", "valued_to"),
        CheckConstraint(
            "(amount_minor IS NULL) = (amount_currency IS NULL) AND (amount_minor IS NOT NULL OR unknown_reason IS NOT NULL)",
            name="amount_known_or_reason",
        ),
    )

    def covers(self) -> set[int]:
        return {
            self.booked_id, self.provider_id, self.receiver_id, self.instrument_id, self.contract_id, self.addendum_id,
        } - {None}  # fmt: skip

    def place(self) -> Record:
        """The project or framework at which the flow counts."""
        return self.booked

    def framework_ids(self) -> set[int]:
        return self.booked.framework_ids()
