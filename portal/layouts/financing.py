"""Sources of funding of a contract, as the financial report of PRAG Annex VI asks for them: a layout of our own.

What was agreed counts as the page of the contract counts it (`figures.contracts.in_force`): neither what is superseded nor what a
sum on the sheet includes. Received is what was paid by somebody who does not carry the contract out, on a day certainly not after
the period. What is in no sum stands on the sheet all the same, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from portal.budgets.queries import Incurred
from portal.budgets.rules import TOTAL
from portal.figures.contracts import Line, in_force
from portal.funding.models import Addendum, Contract, Flow
from portal.funding.queries import addenda_of, co_beneficiaries_of, flows_under
from portal.funding.rules import COMMITMENT, PAYMENT, STAGES
from portal.kernel import codes
from portal.kernel.when import When
from portal.kernel.years import years
from portal.layouts.grid import LINE, SUM, At, Formula, Grid, GridColumn, GridRow, Value
from portal.layouts.order import Order
from portal.layouts.prag import amount, heads
from portal.web.formats import money_text, unknown_text, when_text
from portal.web.i18n import gettext as _

AGREED, RECEIVED = "agreed", "received"
COLUMNS = {COMMITMENT: AGREED, PAYMENT: RECEIVED}
REIMBURSEMENT = "7"
"""IATI TransactionType: costs that were borne and are paid back. No sum of the portal counts it (`funding.rules.STAGES`)."""


@dataclass
class SourceRow(GridRow):
    """A row of one amount. `about`: it is not exact; `lacks`: how much it is is not known, so a sum over it is not whole."""

    about: bool = False
    lacks: bool = False


def sources_of_funding(order: Order, found: Incurred) -> Grid:
    """Each source with its sums and what they are of; under them the costs to date, and what was received less these."""
    currency, contract = found.currency or "", found.contract
    columns = (
        GridColumn("source", "Zdroj", "Source", 40, "text"), GridColumn("what", "Co", "What", 26, "text"),
        GridColumn("when", "Kdy", "When", 18, "text"),
        GridColumn(AGREED, *heads("Dohodnuto", "Agreed", currency), 18),
        GridColumn(RECEIVED, *heads("Přijato do konce období", "Received by the end of the period", currency), 20),
        GridColumn("apart", "V žádném součtu", "In no sum", 22, "text"),
        GridColumn("note", "Poznámka", "Note", 40, "long"),
    )  # fmt: skip
    rows: list[GridRow] = []
    single: list[SourceRow] = []
    for key, name, lines in _sources(order, contract, currency):
        rows += [_sum(f"source:{key}", name, lines), *lines]
        single += lines
    given = _sum("given", _("All sources"), single)
    costs = None if TOTAL in found.unsaid.to_date else amount(found.to_date[TOTAL], currency)
    told: Value = unknown_text() if costs is None else costs
    none = [] if rows else [_("No source of funding is recorded under the contract.")]
    rows += [
        given,
        GridRow("costs", SUM, {"source": _("Costs to date, heading 11 of the report"), RECEIVED: told}, found.records),
    ]
    received = given.values.get(RECEIVED)
    if costs is not None and isinstance(received, Formula) and isinstance(received.saved, Decimal):
        left = Formula(lambda at: f"{at(RECEIVED, 'given')}-{at(RECEIVED, 'costs')}", received.saved - costs)
        behind = tuple(sorted({*given.records, *found.records}))
        values = {"source": _("Received less costs to date"), RECEIVED: left, "note": given.values["note"]}
        rows.append(GridRow("left", SUM, values, behind))
    return Grid("sources_of_funding", "Zdroje financování", "Sources of funding", columns, rows, lines=none, fixed=1)


def _sources(order: Order, contract: Contract, currency: str) -> Iterator[tuple[str, str, list[SourceRow]]]:
    """(key, name, rows) of each source: by name, then of what nobody says whose it is; the state's by budget year at the end."""
    flows = flows_under(order.s, order.actor, contract.id)
    addenda = addenda_of(order.s, order.actor, contract.id)
    agreed = in_force(order.s, order.actor, contract.id, addenda, flows).lines
    by_provider: dict[int | None, list[SourceRow]] = {}
    names: dict[int | None, str] = {None: unknown_text()}
    for flow, why in _flows(order, contract, flows, agreed):
        names[flow.provider_id] = flow.provider.name(order.lang) if flow.provider else unknown_text()
        by_provider.setdefault(flow.provider_id, []).append(_row(order, flow, why, currency))
    for line in agreed:
        if line.flow is None:
            by_provider.setdefault(None, []).append(_unbooked(order, contract, line.addendum))
    for i in sorted(by_provider, key=lambda i: (i is None, names[i].casefold(), i or 0)):
        yield str(i or "unknown"), names[i], by_provider[i]
    if contract.cofinancing:
        rows = []
        for year, held in years(contract.cofinancing):
            values: dict[str, Value] = {"what": _("co-financing of the state"), "when": str(year)}
            values |= _in_sum(AGREED, held.decimal, money_text(held), _foreign(held.currency, currency))
            rows.append(SourceRow(f"year:{year}", LINE, values, (contract.id,)))
        yield "state", _("State budget"), rows


def _flows(
    order: Order, contract: Contract, flows: Sequence[Flow], agreed: Sequence[Line]
) -> Iterator[tuple[Flow, str]]:
    """(flow, why it is in no sum; empty where it is in one): commitments in the order they were agreed, then payments by day.
    Money that whoever carries the contract out passes on is none of its sources."""
    s, actor = order.s, order.actor
    parties = {
        contract.coordinator_id,
        *(one.id for one in co_beneficiaries_of(s, actor, [contract.id])[contract.id]),
    } - {None}
    told = {"superseded": _("superseded"), "included": _("included in another amount")}
    for line in agreed:
        if line.flow is not None and (line.flow.provider_id not in parties or line.flow.receiver_id is None):
            yield line.flow, told.get(line.reason or "") or _late(line.flow.valued, order.report.period)
    given = [one for one in flows if one.provider_id not in parties]
    paid = [one for one in given if STAGES.get(one.type_code) == PAYMENT]
    ids = {one.id for one in paid}
    for one in paid:
        within = one.included_in is not None and one.included_in.id in ids
        why = told["superseded"] if one.superseded_by else told["included"] if within else ""
        undated = "" if one.valued else _("its day is not known")
        yield one, why or undated or _late(one.valued, order.report.period)
    for one in given:
        if one.type_code == REIMBURSEMENT:
            yield one, _("a reimbursement, not counted among payments")


def _late(valued: When | None, period: When) -> str:
    """Why a dated amount is not of the time up to the end of the period; empty where it is, or has no date."""
    if valued is None or valued.latest is None or period.latest is None or valued.latest <= period.latest:
        return ""
    certainly = valued.earliest is not None and valued.earliest > period.latest
    return _("after the period") if certainly else _("perhaps after the period")


def _unbooked(order: Order, contract: Contract, addendum: Addendum | None) -> SourceRow:
    """What was agreed at first, or by an addendum, of which no amount is recorded: it is in no sum, and that is said."""
    values: dict[str, Value] = {
        "what": addendum.name(order.lang) if addendum else _("the first sum"),
        "when": when_text(addendum.signed) if addendum else "", "apart": unknown_text(),
        "note": _("no amount is booked under it") if addendum else _("the first sum is not booked"),
    }  # fmt: skip
    records = (contract.id, *([addendum.id] if addendum else []))
    return SourceRow(f"unbooked:{addendum.id if addendum else 'first'}", LINE, values, records, lacks=True)


def _row(order: Order, flow: Flow, why: str, currency: str) -> SourceRow:
    kind = codes.label("transaction_types", flow.type_code, order.lang) if flow.type_code else _("type not stated")
    what = f"{flow.addendum.name(order.lang)}: {kind}" if flow.addendum else kind
    values: dict[str, Value] = {"source": flow.name(order.lang), "what": what, "when": when_text(flow.valued)}
    about = flow.amount_mark not in (None, "exact")
    column = COLUMNS[STAGES.get(flow.type_code, PAYMENT)]
    if flow.amount is None:
        values |= {"apart": unknown_text(), "note": codes.label("unknown_reasons", flow.unknown_reason, order.lang)}
    else:
        mark = codes.label("amount_marks", flow.amount_mark, order.lang) if about else ""
        why = why or _foreign(flow.amount.currency, currency)
        values |= _in_sum(column, flow.amount.decimal, money_text(flow.amount), why, mark)
    named = (flow.id, flow.booked_id, flow.provider_id, flow.receiver_id, flow.addendum_id, flow.contract_id)
    records = tuple(sorted(i for i in named if i is not None))
    return SourceRow(f"flow:{flow.id}", LINE, values, records, about, lacks=flow.amount is None and not why)


def _foreign(currency: str, of_contract: str) -> str:
    return "" if currency == of_contract else _("in another currency, not converted")


def _in_sum(column: str, held: Decimal, text: str, why: str, mark: str = "") -> dict[str, Value]:
    """An amount in its column, or beside the sums with the reason."""
    note = "; ".join(part for part in (mark, why) if part) or None
    return {"apart": text, "note": note} if why else {column: held, "note": note}


def _sum(key: str, name: str, lines: list[SourceRow]) -> GridRow:
    """The sum of a source, with a word where it is no surer or more complete than its parts."""
    keys, records = [row.key for row in lines], {i for row in lines for i in row.records}
    values: dict[str, Value] = {"source": name}
    for column in (AGREED, RECEIVED):
        held = [told for row in lines if isinstance(told := row.values.get(column), Decimal)]
        if held:  # of what nobody recorded there is no sum, not one of zero
            values[column] = Formula(_adding(column, keys), sum(held, Decimal()))
    about = any(row.about and (AGREED in row.values or RECEIVED in row.values) for row in lines)
    told = [_("≈, some amounts in it are not exact")] if about else []
    told += [_("incomplete, some amounts are not known")] if any(row.lacks for row in lines) else []
    values["note"] = "; ".join(told) or None
    return GridRow(key, SUM, values, tuple(sorted(records)))


def _adding(column: str, keys: Iterable[str]) -> Callable[[At], str]:
    return lambda at: f"SUM({at.all(column, list(keys))})"
