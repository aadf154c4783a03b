"""The records behind a figure as a file: the flows, projects or other records it counts, in the order of its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.figures import Figure, Funding
from portal.figures.counts import Counted
from portal.figures.funding import JudgedFlow
from portal.figures.measures import Paired
from portal.figures.names import gap_reasons, status_name, why_not
from portal.figures.parted import OF
from portal.figures.projects import SaidProject
from portal.kernel import codes
from portal.kernel.money import Money
from portal.kernel.money import format as format_money
from portal.kernel.record import Record
from portal.kernel.when import When
from portal.workbooks.columns import Amount, Column, Sheet
from portal.workbooks.records import NUMBER, coded, fact, linked


@dataclass(frozen=True)
class Line:
    """A row of a figure. `side`: of a paired measure, the name of the measure it is of; `other`: what a flow that does not add is
    counted with."""

    row: JudgedFlow | SaidProject | Counted
    side: str = ""
    other: Record | None = None


@dataclass(frozen=True)
class Said:
    """What a file says of itself."""

    figure: str
    definition: str
    asked: str
    moment: str


def _named(key: str, cs: str, en: str, of, width: int = 44, **more) -> Column:
    def value(line: Line, lang: str) -> str | None:
        record = of(line)
        return None if record is None else getattr(record, "title", None) or record.name(lang)

    return Column(key, cs, en, "text", value, width, **more)


def _day(line: Line, lang: str) -> When | None:
    day = line.row.day
    return When(day.isoformat()) if isinstance(day, date) else day


def _money(line: Line, lang: str) -> Amount:
    row = line.row
    return Amount(row.amount, approximate=row.amount is not None and bool(row.approximate))


def _leading(line: Line, lang: str) -> str:
    """What leads and is left out, where another amount counts because the chosen sources do not state that one."""
    flow = line.row.flow
    if not line.row.silenced:
        return ""
    amount = (
        format_money(flow.amount, lang) if flow.amount else codes.label("unknown_reasons", flow.unknown_reason, lang)
    )
    return f"{amount} ({codes.label('certainties', flow.certainty, lang)})"


_OF_FLOW = (
    NUMBER, coded("flow", "type_code", "transaction_types", 22), linked("flow", "booked", lambda f: f.booked, 40),
    linked("flow", "provider", lambda f: f.provider, 28), linked("flow", "receiver", lambda f: f.receiver, 28),
    fact("flow", "valued", "when", 16, bounds=True),
)  # fmt: skip
_SURE = coded("flow", "certainty", "certainties", 24).on(lambda line: line.row)
_SIDE = Column("side", "Strana", "Side", "text", lambda line, lang: line.side, 16)


def _flows(total: bool) -> tuple[Column, ...]:
    first, *rest = (column.on(lambda line: line.row.flow) for column in _OF_FLOW)
    return (
        first, _named("flow", "Tok", "Flow", lambda line: line.row.flow), *([] if total else [_SIDE]), *rest, _SURE,
        Column("amount", "Částka", "Amount", "money", _money, 20, total=total),
        Column("counts", "Počítá se", "Counts", "flag", lambda line, lang: line.row.reason is None, 11),
        Column("why", "Proč ne", "Why not", "text", lambda line, lang: why_not(line.row.reason, line.row.flow.included_certainty),
               40, empty=""),
        _named("counted_with", "Počítá se s tokem", "Counted with", lambda line: line.other, 40, empty=""),
        Column("led", "Jiná vedoucí částka", "Another amount that leads", "text", _leading, 30, empty="", detail=True),
    )  # fmt: skip


def _status(line: Line, lang: str) -> str:
    return status_name(line.row.key, lang)


_PROJECTS = (
    NUMBER.on(lambda line: line.row.project),
    _named("project", "Projekt", "Project", lambda line: line.row.project, 60),
    Column("status", "Stav", "Status", "text", _status, 28),
    Column("since", "Stav k", "Status as of", "when", lambda line, lang: line.row.since, 16, bounds=True, empty=""),
)
_COUNTED = (
    NUMBER.on(lambda line: line.row.record),
    _named("record", "Záznam", "Record", lambda line: line.row.record, 60),
    _named("of", "Patří k", "Belongs to", lambda line: line.row.of, 40, empty=""),
    Column("day", "Datum", "Date", "when", _day, 16, bounds=True, empty=""),
)


def sheet_of(figure: Figure) -> Sheet:
    """The sheet of the records of a figure. Amounts that count are summed in it, but for those of two measures set beside each
    other."""
    named = ("records", "Záznamy", "Records")
    if figure.measure is None:
        return Sheet(*named, _COUNTED if figure.words else _PROJECTS)
    total = not isinstance(figure.measure, Paired)
    return Sheet(*named, _flows(total), counted_by="counts" if total else None)


HEADLINE = Sheet(
    "headline", "Hlavní údaj", "Main figure",
    (
        Column("figure", "Ukazatel", "Figure", "text", lambda row, lang: row.figure, 34),
        Column("amount", "Částka", "Amount", "money", lambda row, lang: row.amount, 22, total=True),
        Column("certainty", "Jistota", "Certainty", "text", lambda row, lang: row.certainty, 34, empty=""),
        Column("flows", "Toků", "Flows", "count", lambda row, lang: row.flows, 10),
    ),
)  # fmt: skip
"""What a total adds up, in the rows of `headline`."""
GAPS = Sheet(
    "gaps", "Co nevíme", "What is unknown",
    (
        Column("project", "Projekt bez známé částky", "Project without a known amount", "text",
               lambda gap, lang: (gap.name_cs or gap.name_en) if lang == "cs" else (gap.name_en or gap.name_cs), 70),
        Column("reasons", "Důvod", "Reason", "text",
               lambda gap, lang: "; ".join(gap_reasons(gap, lang)), 44),
    ),
)  # fmt: skip
"""Projects for which no amount is known (`figures.shapes.Unit`)."""


@dataclass(frozen=True)
class Part:
    """One row of the headline: flows that are alike."""

    figure: str
    amount: Amount
    certainty: str
    flows: int


def headline(name: str, total: Funding, lang: str) -> list[Part]:
    """The rows of a total; one that says that nothing is known where nothing is."""
    rows = [
        Part(name, Amount(Money(one.minor, one.currency), one.approximate), codes.label("certainties", one.certainty, lang),
             one.flows)
        for one in total.cells
    ]  # fmt: skip
    return rows or [Part(name, Amount(None), "", 0)]


CHART = ("Graf", "Chart")
"""The heads of what the file of a chart is of; that of records is of a figure."""


def with_said(sheet: Sheet, said: Said, of: tuple[str, str] = ("Ukazatel", "Figure")) -> Sheet:
    """The sheet with what the file says of itself in each row: a plain file has no other place for it. `of`: the heads of what
    it is of."""
    words = (
        ("figure", *of, said.figure), ("definition", "Definice", "Definition", said.definition),
        ("selection", "Výběr", "Selection", said.asked), ("moment", "Stav", "Moment", said.moment),
    )  # fmt: skip
    told = (
        Column(f"said_{key}", cs, en, "text", lambda line, lang, text=text: text, 30, detail=True)
        for key, cs, en, text in words
    )
    return Sheet(sheet.key, sheet.title_cs, sheet.title_en, (*sheet.columns, *told), sheet.counted_by)


def side_of(figure: Figure, row: JudgedFlow, names: dict[str, object]) -> str:
    """The name of the side a flow of a paired measure is on; "" of a plain one. `names`: those of the measures."""
    if not isinstance(figure.measure, Paired):
        return ""
    return str(names[(figure.measure.of if row.side == OF else figure.measure.less).key])
