"""Everything a person does with legal instruments."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from portal.accounts.actions.secrecy import set_secrecy
from portal.kernel.errors import InvalidInput
from portal.kernel.permission import Actor, need
from portal.kernel.settling import settle
from portal.legal import facts, policy, texts  # noqa: F401  policy declares the permissions, texts registers what is searched
from portal.legal.models import LegalInstrument
from portal.legal.queries import laid_down_above
from portal.legal.rules import problems
from portal.sources.actions import UNSUPPORTED, Support, checked, misplaced, set_plain, state_all, state_new
from portal.sources.facts import read

PLAIN = ("note", "responsible", "reference", "file_mark", "placeholder", "certainty")


def add_legal_instrument(
    s: Session, actor: Actor, values: Mapping[str, object], support: Support = UNSUPPORTED, *, key: str | None = None
) -> LegalInstrument:
    """Add a legal instrument. `values` maps units (fact fields, `PLAIN`, confidential and readers) to values of the unit's
    type. Raises InvalidInput {unit: code} where a rule is broken."""
    need(actor, "legal_instrument.add")
    _check(s, actor, None, values)
    made = LegalInstrument(key=key)
    made.rename(values["name"].cs, values["name"].en)
    set_plain(made, PLAIN, values)
    s.add(made)
    s.flush()
    state_new(s, actor, made, facts.LEGAL_INSTRUMENT, values, support)
    set_secrecy(s, actor, made, values)
    settle(s, [made])
    return made


def edit_legal_instrument(
    s: Session, actor: Actor, held: LegalInstrument, values: Mapping[str, object], support: Support = UNSUPPORTED
) -> LegalInstrument:
    """Change units of a legal instrument; each changed fact becomes a leading statement resting on `support`."""
    need(actor, "legal_instrument.edit", held)
    _check(s, actor, held, values)
    set_plain(held, PLAIN, values)
    stated = {f.field: values[f.field] for f in facts.LEGAL_INSTRUMENT if f.field in values}
    state_all(s, actor, held, stated, support)
    set_secrecy(s, actor, held, values)
    settle(s, [held])
    return held


def _check(s: Session, actor: Actor, held: LegalInstrument | None, values: Mapping[str, object]) -> None:
    whole = dict(values)
    if held is not None:
        whole = {f.field: read(held, f) for f in facts.LEGAL_INSTRUMENT} | whole | {"id": held.id}
    found = problems(whole) | misplaced(s, actor, facts.LEGAL_INSTRUMENT, values)
    if held is not None and values.get("laid_down_in") and held.id in laid_down_above(s, values["laid_down_in"]):
        found["laid_down_in"] = "laid_down_in_itself"
    if found:
        raise InvalidInput(found)


checked("legal_instrument", _check)
