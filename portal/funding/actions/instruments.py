"""Adding and editing funding instruments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from portal.accounts.actions.secrecy import set_secrecy
from portal.funding import facts
from portal.funding.actions.marks import remark
from portal.funding.models import AMOUNT_MARKS, Instrument
from portal.funding.rules import problems_of_instrument
from portal.kernel.errors import InvalidInput
from portal.kernel.permission import Actor, need
from portal.kernel.settling import settle
from portal.sources.actions import UNSUPPORTED, Support, checked, misplaced, set_plain, state_all, state_new
from portal.sources.facts import read

PLAIN = ("note", "responsible", "reference", "file_mark", "placeholder", "certainty")


def add_instrument(
    s: Session, actor: Actor, values: Mapping[str, object], support: Support = UNSUPPORTED, *, key: str | None = None
) -> Instrument:
    """Add an instrument. `values` maps units (fact fields, `envelope_mark`, `PLAIN`) to values of the unit's type.

    `envelope_mark` is exact, rounded or estimated. Raises InvalidInput {unit: code}.
    """
    need(actor, "instrument.add")
    _check(s, actor, None, values)
    instrument = Instrument(key=key)
    instrument.rename(values["name"].cs, values["name"].en)
    set_plain(instrument, PLAIN, values)
    s.add(instrument)
    s.flush()
    plain, money = _parted(facts.INSTRUMENT)
    state_new(s, actor, instrument, plain, values, support)
    state_new(s, actor, instrument, money, values, _marked(support, values))
    set_secrecy(s, actor, instrument, values)
    settle(s, [instrument])
    return instrument


def edit_instrument(
    s: Session, actor: Actor, instrument: Instrument, values: Mapping[str, object], support: Support = UNSUPPORTED
) -> Instrument:
    """Change units of an instrument; each changed fact becomes a leading statement resting on `support`."""
    need(actor, "instrument.edit", instrument)
    _check(s, actor, instrument, values)
    set_plain(instrument, PLAIN, values)
    plain, money = _parted(facts.INSTRUMENT)
    state_all(s, actor, instrument, {f.field: values[f.field] for f in plain if f.field in values}, support)
    state_all(
        s, actor, instrument, {f.field: values[f.field] for f in money if f.field in values}, _marked(support, values)
    )
    remark(s, instrument, "envelope", "envelope_mark", values.get("envelope_mark"))
    set_secrecy(s, actor, instrument, values)
    settle(s, [instrument])
    return instrument


def _parted(declared: tuple) -> tuple[list, list]:
    return [f for f in declared if f.type != "money"], [f for f in declared if f.type == "money"]


def _marked(support: Support, values: Mapping[str, object]) -> Support:
    own = support.of("envelope")
    return replace(own, precision=(values.get("envelope_mark") or own.precision) if values.get("envelope") else None)


def _check(s: Session, actor: Actor, instrument: Instrument | None, values: Mapping[str, object]) -> None:
    whole = dict(values)
    if instrument is not None:
        whole = {f.field: read(instrument, f) for f in facts.INSTRUMENT} | whole
    found = problems_of_instrument(whole) | misplaced(s, actor, facts.INSTRUMENT, values)
    if values.get("envelope_mark") not in (None, *AMOUNT_MARKS):
        found["envelope_mark"] = "no_such_code"
    if found:
        raise InvalidInput(found)


checked("instrument", _check)
