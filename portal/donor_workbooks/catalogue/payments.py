"""Payments under the contract that fall into the period."""

from __future__ import annotations

from collections.abc import Callable

from portal.donor_workbooks.catalogue.reading import amount, code, day, doubts, named, of_fact, pair, plain, within
from portal.donor_workbooks.catalogue.registry import Asked, Found, offer, source, unknown
from portal.donor_workbooks.rules.ways import FACT
from portal.funding.models import Contract, Flow
from portal.funding.queries import flows_under
from portal.funding.rules import MOVED
from portal.kernel.errors import N_
from portal.kernel.when import meets

OTHER_CURRENCY = N_("in another currency than the contract; it is not converted here")
NO_CURRENCY = N_("the contract states no currency")


def lines(asked: Asked) -> list[Flow] | None:
    """What was received, disbursed, spent or paid back, by day. Left out is what was restated later, or a listed sum includes."""
    held = asked.report.obligation.of
    if not isinstance(held, Contract):
        return None
    asked.says(held)
    paid = [one for one in flows_under(asked.s, asked.actor, held.id) if one.type_code in MOVED]
    mine = [one for one in paid if meets(one.valued, asked.report.period) and not one.superseded_by]
    ids = {one.id for one in mine}
    return [one for one in mine if one.included_in is None or one.included_in.id not in ids]


def _amount(asked: Asked, line: Flow) -> Found:
    """The amount, in the currency of the contract: a column of a form has one currency. Where the contract states none, nobody
    knows whether that is the column's."""
    held = asked.report.obligation.of
    asked.says(held)
    currency = held.currency if isinstance(held, Contract) else None
    if line.amount is not None and not currency:
        asked.mended(FACT, held.id, "currency")
        return unknown(NO_CURRENCY)
    told = doubts(asked, line, "amount")
    if line.amount is not None and line.amount.currency != currency:
        return unknown(OTHER_CURRENCY)
    return amount(line.amount, line.amount_mark, *told, within(asked, line.valued))


def _party(fact: str) -> Callable[[Asked, Flow], Found]:
    return lambda asked, line: named(asked, getattr(line, fact), *doubts(asked, line, fact))


source("payments", N_("Payments of the period"), lines)
offer(
    "payments.date", N_("Day of the payment"), ("Date of payment", "Date", "Payment date", "Datum platby", "Datum"),
    of_fact("valued", lambda asked, line, told: day(line.valued, asked.language, *told, within(asked, line.valued))),
    rows="payments",
)  # fmt: skip
offer(
    "payments.amount", N_("Amount"), ("Amount", "Amount received", "Amount in EUR", "Částka", "Částka v EUR"),
    _amount, rows="payments",
)  # fmt: skip
offer(
    "payments.currency", N_("Currency"), ("Currency", "Měna"),
    of_fact("amount", lambda asked, line, told: plain(line.amount.currency if line.amount else None, *told)),
    rows="payments",
)  # fmt: skip
offer(
    "payments.kind", N_("Kind of payment"), ("Type of payment", "Kind", "Druh platby", "Typ"),
    of_fact("type_code", lambda asked, line, told: code("transaction_types", line.type_code, asked.language, *told)),
    rows="payments",
)  # fmt: skip
offer(
    "payments.provider",
    N_("Provider"),
    ("Paid by", "Payer", "Provider", "Plátce", "Poskytovatel"),
    _party("provider"),
    rows="payments",
)
offer(
    "payments.receiver",
    N_("Receiver"),
    ("Paid to", "Payee", "Receiver", "Příjemce platby", "Příjemce"),
    _party("receiver"),
    rows="payments",
)
offer(
    "payments.purpose", N_("Purpose"), ("Purpose", "Remark", "Remarks", "Účel", "Poznámka"),
    of_fact("purpose", lambda asked, line, told: pair(asked, line, "purpose", *told)), rows="payments",
)  # fmt: skip
