"""The scoreboard of a partnership: one row for each action, with columns to be chosen and put in order.

Its columns are our own: no public source gives those of the Commission's scoreboards.
"""

from __future__ import annotations

from dataclasses import dataclass

from portal.kernel.when import When
from portal.layouts import material
from portal.layouts.draft import Draft, Row, Table
from portal.layouts.material import Material, notes
from portal.layouts.order import Order
from portal.partners.models import Organisation
from portal.reporting.overview.rows import ProjectRow
from portal.reporting.overview.voice import by_role
from portal.web.formats import money_text, when_text
from portal.web.i18n import gettext as _
from portal.web.i18n import lazy_gettext as _l
from portal.workbooks.columns import Column, Level, Sheet

PUBLIC = ("10", "11", "15")
"""IATI types of organisations that are authorities."""


@dataclass
class Action:
    """One row: an action under the partnership."""

    row: ProjectRow
    area: str
    partners: str
    authority: str
    funding: str
    time: str
    state: str


COLUMNS = (
    Column("code", "Č.", "No.", "text", lambda a, lang: a.row.code, 6),
    Column("area", "Oblast prohlášení", "Area of the declaration", "text", lambda a, lang: a.area, 20),
    Column("action", "Opatření", "Action", "text", lambda a, lang: Level(a.row.name, 0, a.row.umbrella, a.row.other_name), 40),
    Column("lead", "Vede", "Lead", "text", lambda a, lang: a.row.lead, 20),
    Column("partners", "Další partneři", "Other partners", "long", lambda a, lang: a.partners, 32),
    Column("authority", "Orgán partnerské země", "Authority of the partner country", "text", lambda a, lang: a.authority, 24),
    Column("funding", "Zdroj a výše financování", "Source and amount of funding", "long", lambda a, lang: a.funding, 32),
    Column("time", "Časový rámec", "Time frame", "text", lambda a, lang: a.time, 24),
    Column("state", "Stav plnění", "State of play", "long", lambda a, lang: a.state, 26),
    Column("certainty", "Jistota", "Certainty", "text", lambda a, lang: a.row.certainty, 20),
    Column(
        "sources", "Zdroje (čísla na listu Zdroje)", "Sources (numbers on the sheet Sources)", "long",
        lambda a, lang: a.row.sources, 24, empty="",
    ),
)  # fmt: skip
KEYS = tuple(column.key for column in COLUMNS)
NAMES = {
    "code": _l("No."), "area": _l("Area of the declaration"), "action": _l("Action"), "lead": _l("Lead"),
    "partners": _l("Other partners"), "authority": _l("Authority of the partner country"),
    "funding": _l("Source and amount of funding"), "time": _l("Time frame"), "state": _l("State of play"),
    "certainty": _l("Certainty"), "sources": _l("Sources"),
}  # fmt: skip


def draft(order: Order) -> tuple[Draft, list[tuple[int, str]]]:
    """The actions of the partnership, its funding, what it rests on."""
    m = material.gathered(order)
    chosen = order.choices.columns or KEYS
    by_key = {column.key: column for column in COLUMNS}
    sheet = Sheet("scoreboard", "Přehled plnění", "Scoreboard", tuple(by_key[key] for key in chosen))
    flows: dict[int, list[str]] = {}
    for judged, row in zip(m.g.found.flows, m.overview.flows, strict=True):
        flows.setdefault(judged.flow.booked_id, []).append(_flow(row))
    rows = [
        Row(f"project:{i}", _action(m, i, row, flows), m.named(i), notes(row.sources)) for i, row in m.rows("projects")
    ]
    tables = [Table(sheet, rows), material.funding(m)]
    tables.append(material.sources(m, tables))
    return Draft(
        "Přehled plnění partnerství pro mobilitu", "Scoreboard of a Mobility Partnership", m.about, tables
    ), material.documents(m)  # fmt: skip


def _action(m: Material, project_id: int, row: ProjectRow, flows: dict[int, list[str]]) -> Action:
    g = m.g
    p = g.projects[project_id]
    home = {c.id for c in g.countries.get(p.id, [])}
    ours = [part for part in g.parts.get(p.id, []) if part.participation.role != "lead"]
    there = [
        part
        for part in ours
        if isinstance(part.participant, Organisation)
        and part.participant.type_code in PUBLIC
        and part.participant.country_id in home
    ]
    rest = [part for part in ours if part not in there]
    money = flows.get(p.id, [])
    if not money and row.money:
        money = [f"{row.money}: {row.flows}" if row.flows else row.money]
    return Action(
        row=row,
        area=g.voice.text(p, "themes", g.names),
        partners=by_role((g.role(part), g.names[part.participant.id]) for part in rest),
        authority="; ".join(g.names[part.participant.id] for part in there),
        funding="\n".join(money),
        time=_time(row),
        state=", ".join(text for text in (row.status, row.status_on) if text),
    )


def _flow(row) -> str:
    """A flow in words: its code, who gives, from which instrument, how much."""
    money = row.amount.money
    amount = ("≈ " if row.amount.approximate else "") + money_text(money) if money else row.amount.instead
    given = ", ".join(text for text in (row.provider, row.instrument) if text)
    return f"{row.code}: " + " – ".join(text for text in (given, amount or _("amount not stated")) if text)


def _time(row: ProjectRow) -> str:
    """From when until when, as precise as it is stated; planned ends say that they are planned."""
    ends = [_end(row.actual_start, row.planned_start), _end(row.actual_end, row.planned_end)]
    if not any(ends):
        return ""
    first, last = (end or _("not stated") for end in ends)
    return f"{first} – {last}"


def _end(actual: When | None, planned: When | None) -> str:
    if actual:
        return when_text(actual)
    return _("planned: %(when)s", when=when_text(planned)) if planned else ""
