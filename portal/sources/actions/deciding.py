"""What a person does with one fact: add a statement, choose the leading one, cite one more source for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from sqlalchemy.orm import Session

from portal.kernel.errors import InvalidInput
from portal.kernel.permission import Actor, need
from portal.kernel.record import Record
from portal.kernel.settling import settle
from portal.sources import facts
from portal.sources.actions.statements import leader, quote, state, take_lead
from portal.sources.actions.support import Quotation, Support
from portal.sources.models import Statement
from portal.sources.yearly import together

Check = Callable[[Session, Actor, Record, Mapping[str, object]], None]
_CHECKS: dict[str, Check] = {}
_LED: dict[tuple[str, str], Callable[[Session, Record, Statement], None]] = {}


def checked(kind: str, check: Check) -> None:
    """Register what must hold of a record of this kind when one of its facts changes: `check(s, actor, record, values)`
    raises InvalidInput {unit: code}, or Forbidden. Features register it beside their actions."""
    _CHECKS[kind] = check


def led(kind: str, field: str, follow: Callable[[Session, Record, Statement], None]) -> None:
    """Register what else a record repeats of the statement somebody let lead: `follow(s, record, statement)`."""
    _LED[kind, field] = follow


def state_fact(
    s: Session, actor: Actor, record: Record, field: str, value: object, support: Support, *, lead: bool
) -> Statement:
    """Add one statement of a fact by hand. It leads when asked to, and when nothing leads yet.

    A statement that takes the lead from one that rests on a source needs a reason (InvalidInput {source_reason:
    reason_missing}); the rules of the record hold for what leads. A statement with neither value nor source says nothing
    (InvalidInput {value: says_nothing_at_all}).
    """
    need(actor, f"{record.kind}.edit", record)
    if value is None and not support.quotations:
        raise InvalidInput({"value": "says_nothing_at_all"})
    before = leader(s, record.id, field)
    lead = lead or (before is None and not _held(record, field))
    if lead:
        if before is not None and before.certainty != "uncited" and not support.reason.strip():
            raise InvalidInput({"source_reason": "reason_missing"})
        _check(s, actor, record, field, value)
    statement = state(s, actor, record, field, value, support, lead=lead)
    if lead and statement is not before:
        follow(s, record, statement)
    settle(s, [record])
    return statement


def choose_leading(s: Session, actor: Actor, statement: Statement, reason: str) -> None:
    """Let `statement` lead, with the reason why. The others stay, and stay visible.

    InvalidInput: {reason: reason_missing}; what the rules of the record say of the value.
    """
    record = s.get(Record, statement.record_id)
    need(actor, f"{record.kind}.edit", record)
    if not reason.strip():
        raise InvalidInput({"reason": "reason_missing"})
    f = facts.fact(record.kind, statement.field)
    _check(s, actor, record, f.field, facts.decode(f, statement.value, statement.value_cs, statement.value_en))
    before = leader(s, record.id, f.field)
    leads = take_lead(s, actor, record, f, statement, reason)
    if leads is not before:
        follow(s, record, leads)
    settle(s, [record])


def cite(
    s: Session, actor: Actor, statement: Statement, quotations: Iterable[Quotation], certainty: str = "uncited"
) -> None:
    """Add citations to a statement that stands. One entered without a source becomes as sure as `certainty` and its
    document allow; the others stay as sure as they are."""
    record = s.get(Record, statement.record_id)
    need(actor, f"{record.kind}.edit", record)
    quote(s, actor, record, statement, tuple(quotations), certainty)


def follow(s: Session, record: Record, statement: Statement) -> None:
    """Let the record repeat what else it repeats of a statement that leads now (see `led`)."""
    if (record.kind, statement.field) in _LED:
        _LED[record.kind, statement.field](s, record, statement)


def _held(record: Record, field: str) -> bool:
    f = facts.fact(record.kind, field)
    return bool(facts.read(record, f))


def check_values(s: Session, actor: Actor, record: Record, values: Mapping[str, object]) -> None:
    """Ask what the record's kind registered: may these facts of it become these values?"""
    if record.kind in _CHECKS:
        _CHECKS[record.kind](s, actor, record, values)


def _check(s: Session, actor: Actor, record: Record, field: str, value: object) -> None:
    f = facts.fact(record.kind, field)
    if value is None and not facts.may_be_unknown(record, f):
        raise InvalidInput({field: "cannot_be_unknown"})
    if not f.part_of and field not in facts.facts_of_kind(record.kind):
        return
    try:
        check_values(s, actor, record, together(record, f, value))
    except InvalidInput as error:
        errors = error.errors if isinstance(error.errors, Mapping) else {}
        if f.part_of in errors:
            raise InvalidInput({field: errors[f.part_of]}) from None
        raise
