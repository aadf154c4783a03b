"""Where sources disagree, all statements side by side, and which records may be one and the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.figures.shapes import Unit
from portal.kernel import codes
from portal.kernel.record import Record
from portal.reporting.overview.rows import ClaimRow
from portal.reporting.overview.voice import certainty
from portal.sources import facts
from portal.sources.queries import Claim
from portal.web.i18n import gettext as _

if TYPE_CHECKING:
    from portal.reporting.overview.gathering import Gathering


def rows(g: Gathering) -> list[ClaimRow]:
    """Every fact of the overview that admitted statements give differently, then the possible twins."""
    found: list[ClaimRow] = []
    f = g.found
    for record in (
        *(b.framework for b in f.branches),
        *f.projects,
        *f.milestones,
        *f.indicators,
        *f.legal,
        *f.organisations.values(),
        *(j.flow for j in f.flows),
    ):
        known = g.voice.facts.get(record.id)
        for view in known.by_field.values() if known else ():
            claims = [c for c in view.claims if c.statement.certainty in g.scope.admitted]
            if view.disputed and len({c.statement.value for c in claims} - {None}) > 1:
                found += [_claim(g, record, view.field, claim) for claim in claims]
    return found + _twins(g)


def _claim(g: Gathering, record: Record, field: str, claim: Claim) -> ClaimRow:
    v, st = g.voice, claim.statement
    label = codes.fact_label(record.kind, field, g.lang)
    subject = f"{codes.label('record_kinds', record.kind, g.lang)}: {g.names.get(record.id) or v.name(record)}"
    text = v.words(facts.fact(record.kind, field), claim.value, g.names)
    note = st.precision_note_cs if g.lang == "cs" else st.precision_note_en
    return ClaimRow(
        subject=subject,
        fact=label,
        value=f"{text} ({note})" if text and note else text,
        leads=claim.leading,
        certainty=certainty(st.certainty),
        dated=claim.cited[0].document.dated if claim.cited else None,
        reason=st.reason if claim.leading else "",
        sources=v.numbers(claim, v.name(record), v.label(record.kind, field)),
    )


def _twins(g: Gathering) -> list[ClaimRow]:
    found = []
    for twins in g.found.twins:
        words = _("both carry money, perhaps the same") if twins.both_carry_money else _("counted as two projects")
        found.append(
            ClaimRow(
                subject=_named(g, twins.first),
                fact=_("may be one and the same as"),
                value=_named(g, twins.second),
                leads=False,
                certainty=certainty("unsure"),
                dated=None,
                reason=words,
                sources="",
            )
        )
    return found


def _named(g: Gathering, unit: Unit) -> str:
    code = g.project_codes.get(unit.record_id, "")
    own = unit.name_cs if g.lang == "cs" else unit.name_en
    return f"{code} {g.names.get(unit.record_id) or own}".strip()
