"""Stating facts: each statement on its sources, one of them leading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from portal.kernel.errors import NotFound
from portal.kernel.permission import Actor, need, sees, visible_to
from portal.kernel.record import Record
from portal.kernel.when import When
from portal.sources import facts
from portal.sources.actions.support import UNSUPPORTED, Quotation, Support
from portal.sources.models import Citation, Document, Statement
from portal.sources.rules import allowed_certainty
from portal.sources.yearly import apart


def state(
    s: Session,
    actor: Actor,
    record: Record,
    field: str,
    value: object,
    support: Support = UNSUPPORTED,
    *,
    lead: bool = True,
    recall: bool = False,
) -> Statement:
    """Add a statement of one fact. When it leads, the one before stays beside it and the record's column takes the value.

    `value` is of the fact's type (see `facts.read`); None means the source was read and does not say. The same statement
    (value, certainty and quotations) made twice is one. With `recall`, a value given without a source is that of the last
    source that stated it: a typing mistake and its correction take no source away.
    """
    need(actor, f"{record.kind}.edit", record)
    f = facts.fact(record.kind, field)
    value = facts.as_held(f, value)
    canonical, value_cs, value_en = facts.encode(f, value)
    value_cs, value_en = value_cs or support.words.cs, value_en or support.words.en
    origin = _origin(s, actor, support.quotations)
    encoded = (canonical, value_cs, value_en)
    recalled = _recalled(s, actor, record, field, encoded, support) if recall and not support.quotations else None
    statement = recalled or _same(s, record, field, encoded, support, origin)
    if statement is None:
        statement = _added(
            s, record, field, value=canonical, value_cs=value_cs, value_en=value_en,
            precision=support.precision or precision_of(value),
            precision_note_cs=support.precision_note.cs, precision_note_en=support.precision_note.en,
            certainty=allowed_certainty(support.certainty, origin),
            citations=[_citation(q) for q in support.quotations],
        )  # fmt: skip
        _vouch(record, statement)
    if lead:
        take_lead(s, actor, record, f, statement, support.reason)
    return statement


def state_all(
    s: Session, actor: Actor, record: Record, values: Mapping[str, object], support: Support = UNSUPPORTED
) -> list[str]:
    """State every fact in `values` that differs from what the record holds, of a set from what the actor sees of it.
    Returns the fields that changed."""
    changed = []
    each: dict[str, object] = {}
    for field, value in values.items():
        each |= apart(record.kind, field, value, facts.read(record, facts.fact(record.kind, field)))
    for field, value in each.items():
        f = facts.fact(record.kind, field)
        held = facts.read(record, f)
        if isinstance(held, frozenset):
            held = held - unseen(s, actor, f, held) or None
        if facts.as_held(f, value) != held:
            state(s, actor, record, field, value, support.of(field), recall=True)
            changed.append(field)
    return changed


def state_new(
    s: Session,
    actor: Actor,
    record: Record,
    declared: Iterable[facts.Fact],
    values: Mapping[str, object],
    support: Support,
) -> None:
    """State the facts a new record is added with; what is not given is left unknown."""
    each = {k: v for f in declared for k, v in apart(record.kind, f.field, values.get(f.field)).items()}
    for field, given in each.items():
        f = facts.fact(record.kind, field)
        value = facts.as_held(f, given)
        if value not in (None, facts.NOTHING) and (f.type != "name" or support.of(f.field).quotations):
            state(s, actor, record, f.field, value, support.of(f.field))


def leader(s: Session, record_id: int, field: str) -> Statement | None:
    """The leading statement of a fact, if one leads."""
    return s.scalar(
        select(Statement).where(Statement.record_id == record_id, Statement.field == field, Statement.leading.is_(True))
    )


def take_lead(s: Session, actor: Actor, record: Record, f: facts.Fact, statement: Statement, reason: str) -> Statement:
    """Let `statement` lead and the record's own columns repeat it. Called by actions that have checked the right.

    Members of a set that the actor may not see stay in it. What leads is then the whole set (returned), which no source
    states in these words; `statement` stands beside it, and leads for those who may not see the rest.
    """
    before = leader(s, record.id, f.field)
    whole = _whole(s, actor, record, f, statement)
    if whole is not statement:
        statement.reason = reason
        if whole is before:
            return whole
        statement, reason = whole, ""
    if before is not None and before is not statement:
        before.leading = False
        s.flush()
    statement.leading = True
    statement.reason = reason
    facts.write(record, f, facts.decode(f, statement.value, statement.value_cs, statement.value_en))
    for attribute, column in f.mirrors:
        setattr(record, column, getattr(statement, attribute))
    s.flush()
    if f.type == "record" and f.field in inspect(type(record)).relationships:
        s.expire(record, [f.field])  # it may have been read with the reference of before
    return statement


def unseen(s: Session, actor: Actor, f: facts.Fact, members: frozenset) -> frozenset:
    """The records among the members of a set that the actor may not see."""
    named = facts.records_in(f, members)
    if not named or actor.role == "system":
        return frozenset()
    return frozenset(named - set(s.scalars(select(Record.id).where(Record.id.in_(named), visible_to(actor)))))


def _whole(s: Session, actor: Actor, record: Record, f: facts.Fact, statement: Statement) -> Statement:
    """The statement, or where it leaves out members the actor may not see, one of the set with them."""
    held = facts.read(record, f) if f.type == facts.SET else None
    stated = facts.decode(f, statement.value, statement.value_cs, statement.value_en) or frozenset()
    if not held or not isinstance(stated, frozenset):
        return statement
    kept = unseen(s, actor, f, held) - stated
    if not kept:
        return statement
    value, _cs, _en = facts.encode(f, stated | kept)
    beside = [one for one in _of(s, record, f.field) if one.value == value]
    if beside:
        return max(beside, key=lambda one: (one.leading, one.position))
    return _added(s, record, f.field, value=value, precision="exact", certainty="uncited")


def _of(s: Session, record: Record, field: str) -> list[Statement]:
    return list(s.scalars(select(Statement).where(Statement.record_id == record.id, Statement.field == field)))


def _added(s: Session, record: Record, field: str, **values) -> Statement:
    last = s.scalar(
        select(func.max(Statement.position)).where(Statement.record_id == record.id, Statement.field == field)
    )
    statement = Statement(record_id=record.id, field=field, leading=False, position=(last or 0) + 1, **values)
    s.add(statement)
    s.flush()
    return statement


def _same(
    s: Session, record: Record, field: str, value: tuple, support: Support, origin: str | None
) -> Statement | None:
    asked = {(q.document_id, q.place, q.quotation) for q in support.quotations}
    certainty = allowed_certainty(support.certainty, origin)
    for old in _of(s, record, field):
        cited = {(c.document_id, c.place, c.quotation) for c in old.citations}
        if (old.value, old.value_cs, old.value_en, old.certainty) == (*value, certainty) and cited == asked:
            return old
    return None


def _recalled(s: Session, actor: Actor, record: Record, field: str, value: tuple, support: Support) -> Statement | None:
    """The last statement of this value on sources that the actor sees, of the precision asked for."""
    for old in sorted(_of(s, record, field), key=lambda st: st.position, reverse=True):
        if (old.value, old.value_cs, old.value_en) != value or support.precision not in (None, old.precision):
            continue
        if old.citations and all(sees(s, actor, c.document_id) for c in old.citations):
            return old
    return None


def quote(
    s: Session, actor: Actor, record: Record, statement: Statement, quotations: tuple[Quotation, ...], certainty: str
) -> None:
    """Add citations to a statement; see `cite`. Called by actions that have checked the right."""
    origin = _origin(s, actor, quotations)
    have = {(c.document_id, c.place, c.quotation) for c in statement.citations}
    statement.citations += [_citation(q) for q in quotations if (q.document_id, q.place, q.quotation) not in have]
    if statement.certainty == "uncited" and quotations:
        statement.certainty = allowed_certainty(certainty, origin)
        if statement.leading:
            f = facts.fact(record.kind, statement.field)
            for column in (column for attribute, column in f.mirrors if attribute == "certainty"):
                setattr(record, column, statement.certainty)
    s.flush()
    _vouch(record, statement)


def _vouch(record: Record, statement: Statement) -> None:
    """The first source of any fact makes a record entered without a source as sure as that statement."""
    mirrored = any(
        "certainty" in (column for _a, column in f.mirrors) for f in facts.facts_of_kind(record.kind).values()
    )
    if record.certainty == "uncited" and statement.value is not None and not mirrored:
        record.certainty = statement.certainty


def _citation(q: Quotation) -> Citation:
    return Citation(
        document_id=q.document_id,
        place=q.place,
        quotation=q.quotation,
        quotation_lang=q.quotation_lang,
        verbatim=q.verbatim,
    )


def _origin(s: Session, actor: Actor, quotations: Iterable[Quotation]) -> str | None:
    """The best origin among the documents quoted; a document the actor may not see counts as unknown."""
    origins = set()
    for q in quotations:
        document = s.get(Document, q.document_id)
        if document is None or not sees(s, actor, document.id):
            raise NotFound("document", id=q.document_id)
        origins.add(document.origin)
    return "ministry" if "ministry" in origins else "public" if origins else None


def precision_of(value: object) -> str:
    """How precise a value is where its source says nothing else of it."""
    if value is None:
        return "not_stated"
    if isinstance(value, When):
        return value.precision if value.precision in ("day", "month", "year", "interval") else "ambiguous"
    return "exact"
