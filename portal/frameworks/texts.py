"""What of a framework is searched: its own texts, the framework above it, who takes part."""

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
        if f.reference:
            yield f.id, f.id, f.reference, "cs", NAME
    above = {f.parent_id for f in frameworks} - {None}
    found = {r.id: r for r in s.scalars(select(Framework).where(Framework.id.in_(above)))} if above else {}
    for f in frameworks:
        if f.parent_id:
            yield from names(f.id, found[f.parent_id], LINKED_NAME)
    yield from participant_names(s, [f.id for f in frameworks])


searchable("framework", _framework)
