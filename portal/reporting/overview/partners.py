"""Partners: the organisations and states that take part or give and receive money, each with what it does where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.kernel import codes
from portal.kernel.record import Record
from portal.kernel.text import czech_key, english_key
from portal.partners.models import Organisation
from portal.partners.queries import Part
from portal.reporting.overview.rows import PartnerRow
from portal.reporting.overview.voice import by_role, certainty, joined
from portal.web.i18n import gettext as _

if TYPE_CHECKING:
    from portal.reporting.overview.gathering import Gathering

SEPARATOR = "; "


def rows(g: Gathering) -> list[PartnerRow]:
    """Organisations first, then states, each in the order of the language."""
    taking: dict[int, list[Part]] = {}
    partners: dict[int, Record] = dict(g.found.organisations)
    for part in g.found.parts:
        taking.setdefault(part.participant.id, []).append(part)
        partners.setdefault(part.participant.id, part.participant)
    key = czech_key if g.lang == "cs" else english_key
    ordered = sorted(partners.values(), key=lambda r: (r.kind != "organisation", key(g.names[r.id]), r.id))
    return [_row(g, f"O{n}", r, taking.get(r.id, [])) for n, r in enumerate(ordered, 1)]


def _row(g: Gathering, code: str, partner: Record, parts: list[Part]) -> PartnerRow:
    v, other = g.voice, "en" if g.lang == "cs" else "cs"
    organisation = isinstance(partner, Organisation)
    return PartnerRow(
        code=code,
        name=g.names[partner.id],
        other_name=v.name(partner, other),
        kind=v.text(partner, "kind_code") if organisation else codes.label("record_kinds", partner.kind, g.lang),
        country=v.text(partner, "country", g.names) if organisation else g.names[partner.id],
        frameworks=_within(g, parts, "framework"),
        projects=_within(g, parts, "project"),
        flows=_money(g, partner),
        certainty=certainty(partner.certainty),
        sources=_sources(g, partner, parts),
    )


def _within(g: Gathering, parts: list[Part], kind: str) -> str:
    """`účastník: Pražský proces; …`, projects by their codes."""
    mine = [p for p in parts if p.within.kind == kind]
    if kind == "project":
        mine.sort(key=lambda p: int(g.project_codes.get(p.within.id, "P0")[1:]))
    return by_role((g.role(p), g.project_codes.get(p.within.id) or g.names.get(p.within.id, "")) for p in mine)


def _money(g: Gathering, partner: Record) -> str:
    """A partner that takes no part but gives or receives money says where to look."""
    return ", ".join(g.flows_with.get(partner.id, []))


def _sources(g: Gathering, partner: Record, parts: list[Part]) -> str:
    own = ("name", "kind_code", "country") if isinstance(partner, Organisation) else ()
    name = g.names[partner.id]
    roles = [
        g.voice.numbers(g.voice.claim(p.participation, "role"), g.names.get(p.within.id, ""), f"{name} ({g.role(p)})")
        for p in parts
    ]
    found = [g.voice.references(partner, own)]
    if any(roles):
        found.append(_("roles %(numbers)s", numbers=joined(roles)))
    return SEPARATOR.join(text for text in found if text)
