"""The forms of budgets, of their lines, of expenditure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms.validators import ValidationError

from portal.budgets import queries
from portal.budgets.models import Budget, BudgetLine, Expenditure, ReportLine
from portal.funding.queries import offered_contracts
from portal.kernel import codes
from portal.kernel.errors import InvalidInput, Refused
from portal.kernel.permission import Actor
from portal.kernel.when import When
from portal.sources.facts import Pair
from portal.sources.forms import PlainForm, say
from portal.sources.forms.refusals import MESSAGES, explained
from portal.web.forms import (
    CURRENCIES,
    AreaField,
    CheckField,
    ChoiceField,
    MoneyField,
    NumberField,
    RecordField,
    RecordForm,
    TextField,
    WhenField,
    pair,
)
from portal.web.i18n import lang
from portal.web.i18n import lazy_gettext as _l

say(
    {
        "addendum_of_another_kind": _l("An addendum belongs to a budget by an addendum. Correct one of the two."),
        "currency_missing": _l("Choose the currency of the budget."),
        "not_the_currency_of_the_contract": _l(
            "The contract is in another currency. Choose that one, or correct the contract."
        ),
        "not_the_currency_of_the_budget": _l("The budget is in another currency. Write the amount in that one."),
        "copied_elsewhere": _l(
            "The version to be copied is in another currency. Choose that one, or begin with an empty version."
        ),
        "no_such_line": _l("Write the number of a line of headings 1 to 6, such as 1.1.1 or 5.7, or 8 or 10."),
        "line_twice": _l("There is a line of this number already. Write another, or change that one."),
        "line_within_line": _l(
            "A line of this budget lies within this one, or holds it, so the amount would count twice."
        ),
        "units_impossible": _l("Write a number from zero to one thousand million."),
        "line_negative": _l("The value of a unit cannot be below zero."),
        "value_missing": _l("Write the value of one unit."),
        "units_missing": _l("Write how many units it is."),
        "budget_agreed": _l(
            "This version is agreed, so it is not changed. What changes it is a version of its own: draw up a new one."
        ),
        "budget_moved": _l(
            "Somebody else changed this version meanwhile; nothing was saved. Below it stands as it is now."
        ),
        "row_moved": _l("Somebody else changed this meanwhile; nothing was taken away. Below it stands as it is now."),
        "budget_followed": _l("A later version was drawn up on this one, so it stays. Correct that one."),
        "later_agreed": _l("A later version is agreed already, without this one. Draw up a new version instead."),
        "budget_empty": _l("This version has no amounts. Write its lines first."),
        "original_twice": _l(
            "The contract has an agreed budget already. Say that this one is by an addendum, or uses contingencies."
        ),
        "nothing_before": _l(
            "There is no agreed budget that this version could change. Agree to the first one before."
        ),
        "contingencies_unbalanced": _l(
            "A use of contingencies moves money from heading 10 to other lines and leaves the total as it was. Correct the "
            "lines, or say that this version is by an addendum."
        ),
        "why_reopened": _l("Write why it goes back to a draft."),
        "document_missing": _l("Write the number of the document, such as that of the invoice."),
        "amount_missing": _l("Write the amount of the document."),
        "reserve_is_not_spent": _l(
            "Nothing is spent on heading 10. Move the money to the line it is spent on, as a use of contingencies."
        ),
        "forecast_by_halves": _l("A forecast needs both the number of units and the value of one."),
        "report_closed": _l(
            "Expenditure and texts are written while their report is in preparation. Begin to prepare the report; what was sent "
            "is corrected in its next edition."
        ),
        "not_on_money": _l("This report is not on the money of a contract, so nothing is claimed in it."),
    }
)


MOST_TEXT = 30_000
"""Characters of a text for a recipient: about what a cell of a workbook holds. Limits of recipients are told, not imposed: a text
that is too long is kept, and said to be."""


def in_step() -> CheckField:
    """Whoever changed one language may say that the other needs no change, so that neither counts as older."""
    return CheckField(
        _l("Both languages say the same now"),
        hint=_l("Tick it where a change in one language needs none in the other; then neither is marked as older."),
    )


class BudgetForm(PlainForm):
    """Drawing up and editing a version; fields are called as the units of `actions.edit_budget`."""

    contract = RecordField(_l("Contract"), required=True)
    kind_code = ChoiceField(
        _l("Why there is this version"), layout="radio", blank=None, required=True,
        choices=lambda: codes.choices("budget_kinds", lang()),
    )  # fmt: skip
    addendum = RecordField(_l("Addendum"), hint=_l("The one that changes the budget."))
    currency = ChoiceField(_l("Currency"), required=True, choices=lambda: [(code, code) for code in CURRENCIES])
    valid = WhenField(
        _l("In force from"), hint=_l("What is known to the month holds for sure from the last day of the month.")
    )
    indirect_limit = NumberField(_l("Indirect costs at most (%)"), low=0, high=100, hint=_l("Empty: 7 % of heading 7."))
    reserve_limit = NumberField(_l("Reserve at most (%)"), low=0, high=100, hint=_l("Empty: 5 % of heading 7."))
    shift_limit = NumberField(
        _l("Shift of a heading without an addendum (%)"), low=0, high=100, hint=_l("Empty: 25 % of the heading.")
    )
    name_cs, name_en = pair(_l("Name"), TextField, hint=_l("Empty: called by its contract and its number."))

    def offer(self, s, actor: Actor, held: Budget | None = None, contract_id: int | None = None) -> None:
        """Everything there is to choose from, for this actor and this version (None: a new one, of the contract)."""
        contract_id = held.contract_id if held is not None else contract_id
        self.contract.offer([row for row in offered_contracts(s, actor, lang()) if row[0] == contract_id])
        self.addendum.offer(queries.offered_addenda(s, actor, contract_id, lang()) if contract_id else [])
        self.offer_people(s, actor, held)
        self.offer_sources(s, actor)


class CodedForm(RecordForm):
    """A form that knows the codes actions answer with."""

    def refuse(self, error: InvalidInput | Refused | str) -> None:
        """Put the messages of the codes an action answered with at their fields."""
        super().refuse(explained(error, MESSAGES, self._fields) if not isinstance(error, str) else error)


class AgreeForm(CodedForm):
    """Agreeing to a version, or taking it back to a draft; it carries the version of the record that was read."""

    reason = AreaField(_l("Why it goes back to a draft"), rows=2, limit=2000)


class RowForm(CodedForm):
    """A form of a row that hangs on a record; fields are called as the units of its action. `empty`: the columns of a row that is
    not there yet."""

    empty: Mapping[str, Any] = {}

    def values(self, units: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The units as actions take them: pairs joined, a day as a date."""
        made = dict(self.units() if units is None else units)
        for unit in ("name", "explanation"):
            if f"{unit}_cs" in made:
                made[unit] = Pair(made.pop(f"{unit}_cs") or "", made.pop(f"{unit}_en") or "")
        if "paid" in made:
            made["paid"] = made["paid"].earliest if made["paid"] else None
        return made


class LineForm(RowForm):
    """A line of a budget."""

    code = TextField(
        _l("Number of the line"), required=True, limit=16, width="s", hint=_l("For example 1.1.1; 8 is indirect costs.")
    )
    name_cs, name_en = pair(_l("Name"), TextField, required=True)
    unit = TextField(_l("Unit"), limit=80, width="m", hint=_l("Such as month, flight, day."))
    number = NumberField(_l("Number of units"), required=True, places=6, low=0)
    value = MoneyField(_l("Value of a unit"), required=True, zero=True)

    @staticmethod
    def standing(row: Mapping[str, Any]) -> dict[str, Any]:
        """The units of the columns of a line."""
        held = BudgetLine(value_minor=row["value_minor"], value_currency=row["value_currency"])
        return {unit: row[unit] for unit in ("code", "name_cs", "name_en", "unit", "number")} | {"value": held.value}

    def offer(self, currency: str) -> None:
        """The one currency there is."""
        self.value.currencies = (currency,)
        if not self.value.sent_currency and self.value.data is None:
            self.value.currency = currency


class ExpenditureForm(RowForm):
    """An item of expenditure."""

    code = ChoiceField(_l("Line of the budget"), required=True)
    document = TextField(
        _l("Accounting document"),
        required=True,
        limit=120,
        width="m",
        hint=_l("The number of the invoice, bill or payslip."),
    )
    paid = WhenField(_l("Paid on"), exact=True)
    amount = MoneyField(
        _l("Amount"),
        required=True,
        negative=True,
        hint=_l("In the currency of the document; a credit note is below zero."),
    )
    quantity = NumberField(_l("Number of units"), places=6, hint=_l("Where the line counts units."))
    payee = TextField(
        _l("To whom"), limit=300, hint=_l("As the document has it. Of people no more than the report needs.")
    )
    explanation = AreaField(_l("Explanation"), rows=2, limit=2000)

    @staticmethod
    def standing(row: Mapping[str, Any]) -> dict[str, Any]:
        """The units of the columns of an item."""
        held = Expenditure(amount_minor=row["amount_minor"], amount_currency=row["amount_currency"])
        paid = When(row["paid"].isoformat()) if row["paid"] else None
        kept = {unit: row[unit] for unit in ("code", "document", "quantity", "payee", "explanation")}
        return kept | {"paid": paid, "amount": held.amount}

    def offer(self, lines: list[tuple[str, str]], held: str | None = None) -> None:
        """The lines money may be spent on; the one that is held stays on offer."""
        self.code.offer(lines if held is None or held in dict(lines) else [*lines, (held, held)])


class ReportLineForm(RowForm):
    """What a report says of a line."""

    empty = dict.fromkeys(("expected_units", "expected_minor", "expected_currency")) | {
        "explanation_cs": "", "explanation_en": "",
    }  # fmt: skip

    explanation_cs, explanation_en = pair(_l("Why it varies"), AreaField, rows=4, limit=MOST_TEXT)
    in_step = in_step()
    expected_units = NumberField(_l("Forecast: number of units"), places=6, low=0)
    expected = MoneyField(_l("Forecast: value of a unit"), zero=True)

    @staticmethod
    def standing(row: Mapping[str, Any]) -> dict[str, Any]:
        """The units of the columns of what is said."""
        held = ReportLine(expected_minor=row["expected_minor"], expected_currency=row["expected_currency"])
        kept = {unit: row[unit] for unit in ("explanation_cs", "explanation_en", "expected_units")}
        return kept | {"expected": held.expected, "in_step": False}

    def offer(self, currency: str | None) -> None:
        """The one currency there is; without one nothing is forecast."""
        if currency is None:
            del self.expected
            del self.expected_units
            return
        self.expected.currencies = (currency,)
        if not self.expected.sent_currency and self.expected.data is None:
            self.expected.currency = currency

    def validate_expected(self, field) -> None:
        """Both or neither."""
        if (field.data is None) != (self.expected_units.data is None) and not field.process_errors:
            raise ValidationError(MESSAGES["forecast_by_halves"])
