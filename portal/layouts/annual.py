"""A table after the annual performance report of the Asylum, Migration and Integration Fund, with its external dimension.

Regulation (EU) 2021/1147, article 35, asks for the report. The annex with its template was not read, so the fields are the
portal's own; the length of 2,500 characters and "not applicable" in place of a deleted table are those of the fund's templates
of 2014–2020 and of the Czech guidance of 2017.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from portal.layouts import material
from portal.layouts.draft import Draft, Row, Table
from portal.layouts.material import Material
from portal.layouts.order import Order
from portal.obligations.models import DueReport
from portal.progress.models import StatusUpdate
from portal.progress.queries import of_period
from portal.report_texts.queries import Target, also_asked, written
from portal.reporting.overview import sheets
from portal.results.models import Risk
from portal.results.queries import risks_of_period
from portal.web.formats import when_text
from portal.web.i18n import gettext as _
from portal.workbooks.columns import Column, Sheet

LIMIT = 2500
TEXTS = ("progress", "problems", "external", "visibility")
"""Texts of a report that the fields hold."""


@dataclass
class Entry:
    """A field of the form: `kind` N number or S text; `limit` in characters."""

    number: str
    label: str
    kind: str
    value: str
    limit: int = LIMIT


FIELDS = Sheet(
    "annual", "Pole zprávy", "Fields of the report",
    (
        Column("number", "Pole", "Field", "text", lambda e, lang: e.number, 7),
        Column("label", "Co se uvádí", "What is stated", "text", lambda e, lang: e.label, 34),
        Column("kind", "Typ", "Type", "text", lambda e, lang: e.kind, 6),
        Column("limit", "Nejvýše znaků", "Characters at most", "count", lambda e, lang: e.limit, 11),
        Column("value", "Obsah", "Content", "long", lambda e, lang: e.value, 76),
        Column("fits", "Vejde se", "Fits", "text", lambda e, lang: "", 13, empty=""),
    ),
)  # fmt: skip
_OUTSIDE = (
    "code",
    "name",
    "countries",
    "lead",
    "partners",
    "status",
    "start",
    "end",
    "money",
    "flows",
    "certainty",
    "sources",
)
OUTSIDE = Sheet(
    "external", "Vnější rozměr", "External dimension",
    tuple(column for key in _OUTSIDE for column in sheets.PROJECTS.columns if column.key == key),
)  # fmt: skip


def draft(order: Order) -> tuple[Draft, list[tuple[int, str]]]:
    """The fields that the portal can fill, the projects in or about third countries, indicators and funding."""
    m = material.gathered(order)
    outside = material.projects(m, OUTSIDE)
    abroad = {i for i, row in m.rows("projects") if row.countries}
    outside.rows = [row for row in outside.rows if int(row.key.split(":")[1]) in abroad]
    outside.totals = []
    tables = [
        _fields(m, len(abroad)), _or_not_applicable(outside),
        _or_not_applicable(material.plain(m, "indicators", sheets.INDICATORS)), material.funding(m),
    ]  # fmt: skip
    tables.append(material.sources(m, tables))
    made = Draft(
        "Výroční tabulka podle vzoru fondu AMIF s vnějším rozměrem",
        "Annual table in the manner of the AMIF report, with its external dimension", m.about, tables,
    )  # fmt: skip
    return made, material.documents(m)


def _or_not_applicable(table: Table) -> Table:
    """Tables of the form are never deleted; an empty one says that it does not apply."""
    if not table.rows:
        table.lines.append(_("Not applicable"))
    return table


def _fields(m: Material, abroad: int) -> Table:
    s, actor, ids = m.order.s, m.order.actor, m.overview.ids["projects"]
    frameworks = m.overview.ids["frameworks"][:1] if not m.order.choices.whole else []
    updates = of_period(s, actor, frameworks, m.order.report.period)
    progress = [updates[i] for i in frameworks if i in updates]
    risks = _risks(m, [*ids, *m.overview.ids["frameworks"]])
    number = ("N", 20)
    texts, mine = _texts(m), (m.order.report.id,)
    from_portal = {
        "progress": ("\n".join(map(_told, progress)), _ids(progress)),
        "problems": ("\n".join(r.name(m.order.lang) for r in risks), _ids(risks)),
    }
    said = {code: (texts[code], mine) if texts.get(code) else from_portal.get(code, ("", ())) for code in TEXTS}
    entries = [
        (Entry("1", _("Period of the report"), "S", when_text(m.order.report.period), 60), (m.order.report.id,)),
        _text("2", _("Progress of the programme in the period"), *said["progress"]),
        _text("3", _("Issues that affect its performance"), *said["problems"]),
        _text("4", _("Complementarity with other funds of the Union in third countries"), *said["external"]),
        _text("5", _("Communication and visibility"), *said["visibility"]),
        (Entry("6", _("Projects in or about third countries"), number[0], str(abroad), number[1]), tuple(ids)),
        (Entry("7", _("Projects in total"), number[0], str(len(ids)), number[1]), tuple(ids)),
    ]
    rows = [Row(f"field:{entry.number}", entry, tuple(records)) for entry, records in entries]
    return Table(FIELDS, rows, fits=("value", "limit", "fits"))


def _text(number: str, label: str, text: str, records: tuple[int, ...]) -> tuple[Entry, tuple[int, ...]]:
    return Entry(number, label, "S", text), records


def _texts(m: Material) -> dict[str, str]:
    """The texts written for the report, in the language of the file. Where there is none, the portal's own words stand in: the
    status report and the open risks of the period."""
    held = written(m.order.s, m.order.report.id)
    return {code: material.in_language(one.text_cs, one.text_en, m.order.lang) for code, one in held.items()}


def asks(report: DueReport) -> Iterator[tuple[str, Target]]:
    """The fields of the table as targets of a report's texts."""
    if report.obligation.kind_code == "annual":
        for code in TEXTS:
            yield code, Target({"cs": "výroční tabulka", "en": "annual table"}, most=LIMIT, counting="excel")


also_asked(asks)


def _told(update: StatusUpdate) -> str:
    return f"{when_text(update.held_on)}: {update.happened}"


def _risks(m: Material, places: list[int]) -> list[Risk]:
    """The risks of the places that were open in the period, in the order they were written down."""
    wanted = set(places)
    asked = risks_of_period(m.order.s, m.order.actor, m.order.report.period)
    asked = asked.where(Risk.certainty.in_(m.overview.scope.admitted))
    return [risk for risk in m.order.s.scalars(asked.order_by(Risk.id)) if risk.of_id in wanted]


def _ids(records) -> tuple[int, ...]:
    return tuple(one.id for one in records)
