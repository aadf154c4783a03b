"""What is searched: of a framework its texts, the one above it, who takes part; of a phase its texts and its programme."""

from __future__ import annotations

from sqlalchemy import select

from portal.frameworks.models import Framework
from portal.kernel.settling import searchable
from portal.kernel.words import BODY, LINKED_NAME, NAME
from portal.partners.texts import names, participant_names


def _framework(s, frameworks):
    for f in frameworks:
        yield from names(f.id, f, NAME)
        for text, lang in (
            (f.description_cs, "cs"),
            (f.description_en, "en"),
            (f.cz_role_cs, "cs"),
            (f.cz_role_en, "en"),
        ):
            yield f.id, f.id, text, lang, BODY
    above = {f.parent_id for f in frameworks} - {None}
    found = {r.id: r for r in s.scalars(select(Framework).where(Framework.id.in_(above)))} if above else {}
    for f in frameworks:
        if f.parent_id:
            yield from names(f.id, found[f.parent_id], LINKED_NAME)
    yield from participant_names(s, [f.id for f in frameworks])


def _phase(s, phases):
    for p in phases:
        yield from names(p.id, p, NAME)
        for cs, en in (
            (p.aim_cs, p.aim_en), (p.provides_cs, p.provides_en), (p.decision_cs, p.decision_en), (p.outcome_cs, p.outcome_en),
        ):  # fmt: skip
            yield p.id, p.id, cs, "cs", BODY
            yield p.id, p.id, en, "en", BODY
    wanted = {p.framework_id for p in phases}
    found = {r.id: r for r in s.scalars(select(Framework).where(Framework.id.in_(wanted)))} if wanted else {}
    for p in phases:
        yield from names(p.id, found[p.framework_id], LINKED_NAME)


searchable("framework", _framework)
searchable("phase", _phase)
