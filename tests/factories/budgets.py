"""Budgets and expenditure for tests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from portal.budgets import actions
from portal.budgets.models import Budget, Expenditure
from portal.kernel.money import Money
from portal.kernel.permission import SYSTEM, Actor
from portal.obligations.models import DueReport, Obligation
from portal.obligations.queries import reports_of
from portal.obligations.rules import PREPARED
from portal.sources.facts import Pair
from tests.factories import changing, obligations, report_texts

SIGNED = (
    ("1.1.1", "24", "3200.00"), ("1.1.2", "12.5", "1850.40"), ("1.3.1", "140", "172.35"), ("2.1", "35", "412.90"),
    ("3.2", "6", "1133.33"), ("4.2", "24", "950.00"), ("5.7", "7", "8214.29"), ("6.1", "40", "1500.00"),
    ("8", "1", "19992.73"), ("10", "1", "14000.00"),
)  # fmt: skip
"""The lines of docs/budget.md: code, units, value of a unit in euro."""


def euro(amount: str, currency: str = "EUR") -> Money:
    return Money.of(amount, currency)


def line(s: Session, budget: Budget, code: str, number: str = "1", value: str = "1000.00", name: str = "") -> None:
    with changing(s):
        given = {"code": code, "name": Pair(name or f"Řádek {code}", f"Line {code}"), "unit": "měsíc"}
        actions.write_line(
            s, SYSTEM, budget, given | {"number": Decimal(number), "value": euro(value, budget.currency)}
        )


def budget(
    s: Session, contract, *, lines=SIGNED, agreed: bool = True, copied: Budget | None = None, **values
) -> Budget:
    """The first budget of the contract with the lines of docs/budget.md, in euro, agreed, unless said otherwise."""
    given = {"contract": contract.id, "kind_code": "original", "currency": "EUR", **values}
    with changing(s):
        made = actions.draw_up_budget(s, SYSTEM, given, copied=copied)
    for one in lines:
        line(s, made, *one)
    if agreed:
        agree(s, made)
    return made


def agree(s: Session, made: Budget) -> None:
    with changing(s):
        actions.agree_budget(s, SYSTEM, made, made.version)


def item(
    s: Session, report: DueReport, code: str, amount: str, currency: str = "EUR", paid: str | None = "2014-03-10",
    document: str = "FA 1", *, by: Actor = SYSTEM, **values,
) -> Expenditure:  # fmt: skip
    """An item of expenditure claimed in the report."""
    given = {"code": code, "document": document, "amount": euro(amount, currency)}
    given |= {"paid": date.fromisoformat(paid) if paid else None, **values}
    with changing(s):
        return actions.claim(s, by, report, given)


def say(s: Session, report: DueReport, code: str, **values) -> None:
    """What the report says of a line: explanation (a text is that of both languages), expected_units, expected."""
    told = values.get("explanation")
    if isinstance(told, str):
        values["explanation"] = Pair(told, told)
    with changing(s):
        actions.say_of_line(s, SYSTEM, report, code, values, "EUR")


def reported(s: Session, contract, recipient, words: str) -> tuple[Obligation, DueReport, Budget]:
    """An obligation, its first report, in preparation, and a draft of the contract's budget, with money, called by the words."""
    rule = Pair(f"Pravidlo {words}", f"Pravidlo {words}")
    made = obligations.obligation(s, contract, f"Povinnost {words}", recipient=recipient.id, due_rule=rule)
    report = reports_of(s, SYSTEM, made.id)[0]
    lines = [("2.1", "3", "412.90", f"Cesty {words}")]
    drawn_up = budget(s, contract, lines=lines, agreed=False, name=Pair(f"Rozpočet {words}", f"Rozpočet {words}"))
    report.state = PREPARED
    item(s, report, "2.1", "77.00", document=f"FA {words}"[:60], payee=f"Komu {words}")
    say(s, report, "2.1", explanation=f"Vysvětlení {words}")
    report_texts.text(s, report, "summary", f"Shrnutí {words}", f"Summary {words}")
    return made, report, drawn_up
