"""Tables of budgets with their lines, of expenditure, and of what a report says of each line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Date, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.budgets.rules import DRAFT
from portal.funding.models import Addendum, Contract
from portal.kernel.db import Base, Versioned
from portal.kernel.number import ExactNumber
from portal.kernel.record import MoneyAttribute, Record, WhenAttribute, record_key, when_columns


class Budget(Record):
    """One version of the budget of a contract, in the contract's `currency`. `edition` counts the versions; `valid`: from when it
    holds. `kind_code` as in `rules.KINDS`; a use of contingencies is a version too. The limits are per cent, None where the
    contract names none of its own. A draft holds nothing; an agreed one is not edited."""

    __tablename__ = "budget"
    id: Mapped[int] = record_key()
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), nullable=False)
    addendum_id: Mapped[int | None] = mapped_column(ForeignKey("addendum.id"), index=True)
    edition: Mapped[int] = mapped_column(Integer, nullable=False)
    kind_code: Mapped[str] = mapped_column(String(16), nullable=False)
    currency: Mapped[str] = mapped_column(String(3), nullable=False)
    valid_edtf, valid_from, valid_to = when_columns()
    valid = WhenAttribute()
    indirect_limit: Mapped[Decimal | None] = mapped_column(ExactNumber)
    reserve_limit: Mapped[Decimal | None] = mapped_column(ExactNumber)
    shift_limit: Mapped[Decimal | None] = mapped_column(ExactNumber)
    state: Mapped[str] = mapped_column(String(8), nullable=False, default=DRAFT)

    contract: Mapped[Contract] = relationship(foreign_keys=[contract_id])
    addendum: Mapped[Addendum | None] = relationship(foreign_keys=[addendum_id])
    __mapper_args__ = {"polymorphic_identity": "budget", "inherit_condition": id == Record.id}
    __table_args__ = (UniqueConstraint("contract_id", "edition"),)

    def covers(self) -> set[int]:
        return {self.contract_id, self.addendum_id} - {None}

    def place(self) -> Record | None:
        """The project or framework the contract is for."""
        return self.contract.place()

    def framework_ids(self) -> set[int]:
        return self.contract.framework_ids()


class BudgetLine(Versioned, Base):
    """A line of a budget: `code` by `rules.CODE`, so many units (`number`, exact) at a `value` each, in the budget's currency.
    `place` counts the lines that were ever written in the budget, and is never given out again."""

    __tablename__ = "budget_line"
    budget_id: Mapped[int] = mapped_column(ForeignKey("budget.id", ondelete="CASCADE"), primary_key=True)
    place: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(String(16), nullable=False)
    name_cs: Mapped[str] = mapped_column(Text, nullable=False, default="")
    name_en: Mapped[str] = mapped_column(Text, nullable=False, default="")
    unit: Mapped[str] = mapped_column(String(80), nullable=False, default="")
    number: Mapped[Decimal] = mapped_column(ExactNumber, nullable=False)
    value_minor: Mapped[int] = mapped_column(BigInteger, nullable=False)
    value_currency: Mapped[str] = mapped_column(String(3), nullable=False)
    value = MoneyAttribute()
    version: Mapped[int] = mapped_column(Integer, nullable=False)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        UniqueConstraint("budget_id", "code"),
        CheckConstraint("value_minor >= 0", name="value_not_negative"),
    )

    def name(self, lang: str) -> str:
        """The name in `lang`, or in the other language where there is none."""
        return (self.name_cs or self.name_en) if lang == "cs" else (self.name_en or self.name_cs)


class Expenditure(Versioned, Base):
    """An item of expenditure claimed in a due report: for which line of the budget, by which document, when it was paid (None:
    not known), whom, in the currency of the document. `quantity`: how many units of the line it is, where that is counted. A
    credit note is an amount below zero."""

    __tablename__ = "expenditure"
    due_report_id: Mapped[int] = mapped_column(ForeignKey("due_report.id", ondelete="CASCADE"), primary_key=True)
    place: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(String(16), nullable=False)
    document: Mapped[str] = mapped_column(String(120), nullable=False)
    paid: Mapped[date | None] = mapped_column(Date)
    payee: Mapped[str] = mapped_column(String(300), nullable=False, default="")
    amount_minor: Mapped[int] = mapped_column(BigInteger, nullable=False)
    amount_currency: Mapped[str] = mapped_column(String(3), nullable=False)
    amount = MoneyAttribute()
    quantity: Mapped[Decimal | None] = mapped_column(ExactNumber)
    explanation: Mapped[str] = mapped_column(Text, nullable=False, default="")
    version: Mapped[int] = mapped_column(Integer, nullable=False)

    __mapper_args__ = {"version_id_col": version}


class ReportLine(Versioned, Base):
    """What a report says of one line of the budget: why it varies, and what is expected of it in the period after. `in_step`: who
    wrote it as it stands said that the explanation is the same in both languages."""

    __tablename__ = "report_line"
    due_report_id: Mapped[int] = mapped_column(ForeignKey("due_report.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(String(16), primary_key=True)
    explanation_cs: Mapped[str] = mapped_column(Text, nullable=False, default="")
    explanation_en: Mapped[str] = mapped_column(Text, nullable=False, default="")
    in_step: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)
    expected_units: Mapped[Decimal | None] = mapped_column(ExactNumber)
    expected_minor: Mapped[int | None] = mapped_column(BigInteger)
    expected_currency: Mapped[str | None] = mapped_column(String(3))
    expected = MoneyAttribute()
    """The value of one expected unit."""
    version: Mapped[int] = mapped_column(Integer, nullable=False)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint(
            "(expected_units IS NULL) = (expected_minor IS NULL) AND (expected_minor IS NULL) = (expected_currency IS NULL)",
            name="expected_whole",
        ),
    )
