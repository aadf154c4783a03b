"""Laying down what has to be reported, and changing it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from portal.accounts.actions.secrecy import set_secrecy
from portal.kernel.errors import InvalidInput
from portal.kernel.permission import Actor, need
from portal.kernel.record import Record
from portal.kernel.settling import settle
from portal.obligations import facts, policy, texts  # noqa: F401  policy declares the permissions, texts registers what is searched
from portal.obligations.actions.planning import frozen, plan, under_way
from portal.obligations.models import Obligation
from portal.obligations.rules import problems
from portal.sources.actions import (
    PLAIN,
    UNSUPPORTED,
    Support,
    checked,
    led,
    misplaced,
    set_plain,
    state_all,
    state_new,
    upheld,
)
from portal.sources.facts import read


def lay_down_obligation(
    s: Session, actor: Actor, values: Mapping[str, object], support: Support = UNSUPPORTED, *, key: str | None = None
) -> Obligation:
    """Say what a contract, framework or project (`of`) has to report; the reports it makes due are planned with it. `values`
    maps units (fact fields, `PLAIN`, confidential and readers) to values of the unit's type.

    Raises InvalidInput {unit: code}, Forbidden where the actor may not write there.
    """
    _refuse(s, actor, None, values)
    of = s.get_one(Record, values["of"])
    made = Obligation(key=key, of_id=of.id, of=of)
    need(actor, "obligation.add", made)
    made.rename(values["name"].cs, values["name"].en)
    set_plain(made, PLAIN, values)
    s.add(made)
    s.flush()
    state_new(s, actor, made, facts.OBLIGATION, values, support)
    set_secrecy(s, actor, made, values)
    settle(s, [made])
    plan(s, made)
    return made


def edit_obligation(
    s: Session, actor: Actor, held: Obligation, values: Mapping[str, object], support: Support = UNSUPPORTED
) -> Obligation:
    """Change units of an obligation; each changed fact becomes a leading statement resting on `support`. Its planned reports
    follow the rule, those that were begun stay as they are. What it is of and the kind of its reports stay once one was begun:
    the money of a report is that of its contract, and only where it is on money."""
    need(actor, "obligation.edit", held)
    check(s, actor, held, values)
    set_plain(held, PLAIN, values)
    state_all(s, actor, held, {f.field: values[f.field] for f in facts.OBLIGATION if f.field in values}, support)
    set_secrecy(s, actor, held, values)
    settle(s, [held])
    plan(s, held)
    return held


def check(s: Session, actor: Actor, held: Obligation, values: Mapping[str, object]) -> None:
    """What is asked of values before they are written: the rules, and the right to place the obligation elsewhere."""
    _refuse(s, actor, held, values)
    if "of" in values and values["of"] != held.of_id:
        need(actor, "obligation.add", Obligation(of=s.get_one(Record, values["of"])))


def _refuse(s: Session, actor: Actor, held: Obligation | None, values: Mapping[str, object]) -> None:
    whole = dict(values)
    if held is not None:
        whole = {f.field: read(held, f) for f in facts.OBLIGATION} | whole
    found = problems(whole) | misplaced(s, actor, facts.OBLIGATION, values)
    if held is not None:
        found = dict.fromkeys(frozen(s, held, values), "obligation_under_way") | found
    if held is not None and not found and (unit := under_way(s, held, whole)):
        found[unit] = "period_under_way"
    if found:
        raise InvalidInput(found)


def _hold(s: Session, actor: Actor, held: Obligation, was: Obligation) -> None:
    """An undo does not change what a report that was begun is on."""
    if changed := frozen(s, was, {"of": held.of_id, "kind_code": held.kind_code}):
        raise InvalidInput(dict.fromkeys(changed, "obligation_under_way"))


checked("obligation", check)
upheld("obligation", _hold)
for _field in ("name", *facts.RULE):
    led("obligation", _field, lambda s, record, _statement: plan(s, record))
