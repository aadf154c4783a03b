"""Correcting what one fact says where it was entered wrongly."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal.kernel.permission import Actor, need
from portal.kernel.record import Record
from portal.sources import facts
from portal.sources.actions.statements import leader, precision_of, state
from portal.sources.actions.support import Support


def restate(s: Session, actor: Actor, record: Record, field: str, value: object, support: Support) -> None:
    """Let a fact say `value`. What was entered wrongly is replaced (history keeps it), for no source ever said it.

    It rests on `support`; where that names nothing, on what it rested on before. The same value on another source is a
    further statement, which leads. A fact without a statement gets one only with a source.
    """
    need(actor, f"{record.kind}.edit", record)
    f = facts.fact(record.kind, field)
    before = leader(s, record.id, field)
    same = before is not None and facts.decode(f, before.value, before.value_cs, before.value_en) == value
    if before is not None and not same:
        if value is None or support.quotations:
            for citation in before.citations:
                s.delete(citation)
            s.delete(before)
            s.flush()
        else:
            before.value, before.value_cs, before.value_en = facts.encode(f, value)
            before.precision = precision_of(value)
    facts.write(record, f, value)
    if value is not None and support.quotations:
        state(s, actor, record, field, value, support)
