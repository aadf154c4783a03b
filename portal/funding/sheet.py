"""Columns of flows, instruments, contracts and addenda, and the sheets of their lists."""

from __future__ import annotations

from portal.funding.naming import told_apart
from portal.kernel import codes
from portal.kernel.when import format as write
from portal.kernel.years import years
from portal.web.i18n import lazy_gettext as _l
from portal.workbooks.columns import Amount, Column, Sheet
from portal.workbooks.records import NUMBER, coded, fact, head, linked, names, pair, tail


def money(kind: str, field: str, mark: str, **more) -> Column:
    """The column of an amount that keeps the mark of its source: ≈ beside what is not exact."""

    def value(row, lang: str) -> Amount:
        amount = getattr(row, field)
        return Amount(amount, approximate=amount is not None and getattr(row, mark) != "exact")

    return Column(field, *head(kind, field), "money", value, 20, **more)


def _adds(line, lang: str) -> bool:
    """Whether the row stands in the totals of its sheet: what known funding of the whole portfolio adds up."""
    return line.adding.reason is None


def _counted_with(line, lang: str) -> str | None:
    return told_apart(line.adding.other, lang) if line.adding.other else None


def _superseded_by(flow, lang: str) -> str:
    return "; ".join(told_apart(newer, lang) for newer in flow.superseded_by)


CO_BENEFICIARIES = Column(
    "co_beneficiaries", *head("contract", "co_beneficiaries"), "text",
    lambda line, lang: "; ".join(one.name(lang) for one in line.co_beneficiaries), 40,
)  # fmt: skip


def _years_sources(line, lang: str) -> str:
    """Of each budget year what its amount rests on: certainty, document, place in it, quotation."""
    found = []
    for year, _amount in years(line.record.cofinancing):
        view = line.facts[f"cofinancing_{year}"] if line.facts else None
        lead = view.lead if view else None
        words = [codes.label("certainties", lead.statement.certainty if lead else "uncited", lang)]
        words += [_cited(one, lang) for one in lead.cited] if lead else []
        found.append(f"{year}: {'; '.join(words)}")
    return "\n".join(found)


def _cited(one, lang: str) -> str:
    parts = (one.document.name(lang), one.citation.place, one.citation.quotation and f"„{one.citation.quotation}“")
    return ", ".join(part for part in parts if part)


YEARS_SOURCES = Column(
    "cofinancing_sources", "Zdroje spolufinancování", "Sources of the co-financing", "long", _years_sources, 44, empty="",
    detail=True,
)  # fmt: skip
ADDING = (
    Column("adds", "Sčítá se (celek, všechna tvrzení)", "Adds up (whole, all statements)", "flag", _adds, 14),
    Column("why_not", "Proč ne", "Why not", "text", lambda line, lang: line.adding.why, 40, empty=""),
    Column("counted_with", "Počítá se s tokem", "Counted with", "text", _counted_with, 40, empty="", detail=True),
)
FLOW = (
    NUMBER,
    linked("flow", "booked", lambda f: f.booked, 40),
    *names("flow", 44),
    linked("flow", "provider", lambda f: f.provider, 28),
    linked("flow", "receiver", lambda f: f.receiver, 28),
    money("flow", "amount", "amount_mark", total=True),
    coded("flow", "amount_mark", "amount_marks", 18),
    coded("flow", "unknown_reason", "unknown_reasons", 26, empty=""),
    coded("flow", "type_code", "transaction_types", 22),
    fact("flow", "valued", "when", 16, bounds=True),
    linked("flow", "instrument", lambda f: f.instrument, 34),
    linked("flow", "contract", lambda f: f.contract, 30, detail=True),
    linked("flow", "addendum", lambda f: f.addendum, 30, detail=True),
    linked("flow", "included_in", lambda f: f.included_in, 34, empty=""),
    coded("flow", "included_certainty", "certainties", 22, empty="", detail=True),
    linked("flow", "supersedes", lambda f: f.supersedes, 34, empty="", detail=True),
    Column("superseded_by", "Nahrazeno čím", "Superseded by", "text", _superseded_by, 34, empty="", detail=True),
    *ADDING,
    *pair("flow", "purpose", detail=True),
)
INSTRUMENT = (
    NUMBER,
    *names("instrument", 50),
    coded("instrument", "kind_code", "instrument_kinds", 26),
    linked("instrument", "owner", lambda i: i.owner, 30),
    fact("instrument", "legal_basis", "text", 40),
    fact("instrument", "period", "when", 16, bounds=True),
    money("instrument", "envelope", "envelope_mark"),
    coded("instrument", "envelope_mark", "amount_marks", 18, detail=True),
)
CONTRACT = (
    NUMBER,
    *names("contract", 46),
    fact("contract", "number", "text", 20),
    linked("contract", "for", lambda c: c.subject, 40),
    linked("contract", "instrument", lambda c: c.instrument, 34),
    linked("contract", "authority", lambda c: c.authority, 30),
    linked("contract", "coordinator", lambda c: c.coordinator, 30),
    CO_BENEFICIARIES,
    fact("contract", "signed", "when", 16, bounds=True),
    fact("contract", "start", "when", 16, bounds=True),
    fact("contract", "end", "when", 16, bounds=True),
    fact("contract", "eu_share", "number", 12),
    fact("contract", "cofinancing", "long", 34),
    YEARS_SOURCES,
    fact("contract", "currency", "text", 12),
    coded("contract", "rate_regime", "rate_regimes", 30),
    fact("contract", "fixed_rate", "number", 14, detail=True),
    fact("contract", "fixed_currency", "text", 12, detail=True),
    coded("contract", "rounding", "rounding_rules", 24),
)
ADDENDUM = (
    NUMBER,
    linked("addendum", "contract", lambda a: a.contract, 40),
    *names("addendum", 40),
    coded("addendum", "kind_code", "addendum_kinds", 14),
    fact("addendum", "number", "text", 20),
    fact("addendum", "signed", "when", 16, bounds=True),
    *pair("addendum", "subject"),
)
RESPONSIBLE = Column(
    "responsible",
    *head("project", "responsible"),
    "text",
    lambda line, lang: line.responsible,
    22,
    empty=_l("nobody"),
    detail=True,
)


def _of_records(columns: tuple[Column, ...], kind: str) -> tuple[Column, ...]:
    """Columns of a record for lines that hold it, with its responsible person and what every record has."""
    own = (c if c in (*ADDING, CO_BENEFICIARIES, YEARS_SOURCES) else c.on(lambda line: line.record) for c in columns)
    rest = (c.on(lambda line: line.record) for c in tail(kind))
    return (*own, RESPONSIBLE, *rest)


def _addenda(line, lang: str) -> str:
    return "; ".join(f"{a.name(lang)} ({write(a.signed, lang)})" if a.signed else a.name(lang) for a in line.addenda)


FLOWS = Sheet("flows", "Toky", "Flows", _of_records(FLOW, "flow"), counted_by="adds")
INSTRUMENTS = Sheet(
    "instruments",
    "Nástroje",
    "Instruments",
    (
        *_of_records(INSTRUMENT, "instrument"),
        Column("flows", "Počet toků", "Flows", "count", lambda line, lang: line.flows, 10),
        Column("flows_known", "Z toho se známou částkou", "Of which with a known amount", "count",
               lambda line, lang: line.known, 14),
    ),
)  # fmt: skip
CONTRACTS = Sheet(
    "contracts",
    "Smlouvy",
    "Contracts",
    (
        *_of_records(CONTRACT, "contract"),
        Column("addenda", "Dodatky a navýšení", "Addenda and top-ups", "long", _addenda, 40, empty=_l("none")),
    ),
)
