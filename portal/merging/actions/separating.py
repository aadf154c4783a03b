"""Separating two records that were merged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from portal.accounts.actions.secrecy import set_secrecy
from portal.accounts.queries import readers
from portal.funding.actions.names import call_anew
from portal.kernel.errors import Forbidden, InvalidInput, NotFound
from portal.kernel.history import undo
from portal.kernel.permission import SYSTEM, Actor, holds, need, sees
from portal.kernel.record import Record
from portal.kernel.settling import settle
from portal.kernel.standing import MERGED
from portal.merging.actions.allowing import ABOVE
from portal.merging.actions.moving import return_followers
from portal.merging.actions.promising import promised
from portal.merging.parting import Parting, foresee_parting
from portal.merging.queries import below, merger, veils
from portal.sources.facts import Pair
from portal.sources.models import Citation, Statement


def allowed_to_part(s: Session, actor: Actor, absorbed: Record) -> Record:
    """The record it was merged into. NotFound, Forbidden; InvalidInput {"": part_not_merged | part_kept_merged}."""
    need(actor, "record.merge")
    if absorbed.merged_into_id is None:
        raise InvalidInput({"": "part_not_merged"})
    kept = s.get_one(Record, absorbed.merged_into_id)
    for record in (absorbed, kept):
        if not sees(s, actor, record.id):
            raise NotFound("record", id=record.id)
        if not holds(actor, f"{record.kind}.edit", record):
            raise Forbidden(f"{record.kind}.edit")
    if kept.standing == MERGED:
        raise InvalidInput({"": "part_kept_merged"})
    return kept


def separate(s: Session, actor: Actor, absorbed: Record, reason: str) -> Parting:
    """Let a merged record stand by itself again. What the merge moved goes back where it stands as the merge left it; values
    the kept record took over go back unless somebody changed them; what was written since stays with the kept record. What
    became hidden since stays hidden from the same people.

    Raises as `allowed_to_part`; InvalidInput {reason: merge_reason_missing}, {"": part_circle} where bodies would lie under
    themselves.
    """
    kept = allowed_to_part(s, actor, absorbed)
    if not reason.strip():
        raise InvalidInput({"reason": "merge_reason_missing"})
    change = merger(s, absorbed)
    if change is None:
        raise InvalidInput({"": "part_not_merged"})
    parting = foresee_parting(s, absorbed, change)
    named = Pair(kept.name_cs, kept.name_en)
    undo.carry_out(s, parting.plan)
    for statement_id in parting.copied:
        _copy(s, kept, s.get_one(Statement, statement_id))
    return_followers(s, kept.id, absorbed.id)
    call_anew(s, {absorbed.id: named, kept.id: named})
    if absorbed.id in below(s, absorbed, ABOVE[absorbed.kind]):
        raise InvalidInput({"": "part_circle"})
    settle(s, [kept, absorbed, *s.scalars(select(Record).where(Record.id.in_(parting.touched())))])
    _keep_hidden(s, actor, kept, absorbed)
    return parting


def promise_parting(s: Session, actor: Actor, absorbed: Record, reason: str, ask: Callable[[Session], Any]) -> Any:
    """The answer of `ask(s)` asked as if the record stood by itself again. Nothing of it stays written. Raises as `separate`."""
    return promised(s, actor, lambda: separate(s, actor, absorbed, reason), ask)[1]


def hidden_apart(s: Session, kept: Record, absorbed: Record) -> frozenset[int]:
    """The confidential records that hide the kept record and would not hide this one by itself."""
    return veils(s, kept) - veils(s, absorbed)


def _keep_hidden(s: Session, actor: Actor, kept: Record, absorbed: Record) -> None:
    """While it was merged the record was hidden with the kept one. Where that is hidden by more now than this one by itself,
    this one is confidential from now on, for those who may see both."""
    more = hidden_apart(s, kept, absorbed)
    if not more:
        return
    hiding = more | ({absorbed.id} if absorbed.confidential else set())
    named = [{one.id for one in readers(s, SYSTEM, i) if one.active} for i in sorted(hiding)]
    set_secrecy(s, actor, absorbed, {"confidential": True, "readers": set.intersection(*named)})
    settle(s, [absorbed])


def _copy(s: Session, kept: Record, lead: Statement) -> None:
    """The kept record is led by a statement that belongs to the separated one: it keeps the same, on the same sources."""
    last = select(func.max(Statement.position)).where(Statement.record_id == kept.id, Statement.field == lead.field)
    own = _columns(lead, "id", "record_id", "version", "leading", "position")
    made = Statement(record_id=kept.id, leading=True, position=(s.scalar(last) or 0) + 1, **own)
    made.citations = [Citation(**_columns(one, "id", "statement_id", "version")) for one in lead.citations]
    s.add(made)
    s.flush()


def _columns(row: Statement | Citation, *without: str) -> dict:
    names = (attribute.key for attribute in inspect(type(row)).column_attrs)
    return {name: getattr(row, name) for name in names if name not in without}
