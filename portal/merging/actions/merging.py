"""Merging one record into another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.funding.actions.names import call_anew
from portal.kernel.errors import InvalidInput, Stale
from portal.kernel.permission import SYSTEM, Actor, need
from portal.kernel.record import CERTAINTIES, Record
from portal.kernel.settling import settle
from portal.kernel.standing import MERGED
from portal.merging.actions.allowing import allow
from portal.merging.actions.moving import move
from portal.merging.actions.promising import promised
from portal.merging.prospect import Moving, foresee
from portal.merging.queries import Compared, compared, plain
from portal.merging.rules import ABSORBED, BOTH, KEPT
from portal.projects.models import Project
from portal.sources.actions import leader, set_plain, state
from portal.sources.actions.columns import UNRATED
from portal.sources.actions.deciding import check_values, follow
from portal.sources.actions.statements import take_lead, unseen
from portal.sources.facts import SET, Fact, Pair, facts_of_kind, read, write
from portal.sources.models import Statement
from portal.sources.queries import facts_of

AS_REPORTED = ("light", "light_on", "reported_on")
"""Columns of a project that repeat its latest status update."""
WITH_STATUS = ("status_basis", "status_on")
"""What is known of a status goes where the status goes."""


@dataclass(frozen=True)
class Choices:
    """What was chosen. `values`: by unit whose value the kept record shall have (`rules.KEPT`, ABSORBED, BOTH); a unit that is
    not named goes by `Compared.chosen`. `left`: flows booked at the absorbed record that stay there and count no more."""

    values: Mapping[str, str] = field(default_factory=dict)
    left: frozenset[int] = frozenset()

    def of(self, one: Compared) -> str:
        """Whose value a unit gets."""
        wanted = self.values.get(one.unit, one.chosen) if one.asked else KEPT
        return one.chosen if wanted == BOTH and not one.is_set else wanted


def merge(
    s: Session, actor: Actor, kept: Record, absorbed: Record, choices: Choices, reason: str, mark: str | None = None
) -> Moving:
    """Let `kept` stand for both records from now on; what refers to `absorbed` refers to it. Returns what was moved.

    The absorbed record keeps its page and its values and is in no list, total or file. What is taken over keeps its sources
    and is no surer than it was; the kept record as a whole is as sure as the surer of the two.

    Raises as `allowing.allow`; InvalidInput {reason: merge_reason_missing}, or as the rules of the record say of the values
    taken over; Stale where `mark` is not that of what would be moved now.
    """
    need(actor, "record.merge")
    allow(s, actor, kept, absorbed)
    reason = reason.strip()
    if not reason:
        raise InvalidInput({"reason": "merge_reason_missing"})
    moving = foresee(s, kept, absorbed, choices.left)
    if mark is not None and mark != moving.mark:
        raise Stale()
    facts = facts_of(s, actor, kept, absorbed)
    units = [one for one in compared(s, actor, kept, absorbed, facts) if choices.of(one) != KEPT]
    before = {f.field: read(absorbed, f) for f in facts_of_kind(absorbed.kind).values()}
    secret = {f: unseen(s, actor, f, before[f.field] or frozenset()) for f in _sets(absorbed)}
    leads = {one.unit: leader(s, absorbed.id, one.unit) for one in units if one.fact is not None}
    named = Pair(absorbed.name_cs, absorbed.name_en)
    touched = move(s, kept, absorbed, moving)
    call_anew(s, {kept.id: named})
    _check(s, actor, kept, absorbed, units, choices, moving)
    for one in units:
        if one.fact is None:
            set_plain(kept, UNRATED, {one.unit: plain(absorbed, one.unit)})
            continue
        lead = leads[one.unit]
        if lead is not None:
            lead = s.get_one(Statement, moving.same.get(lead.id, lead.id))
        _take(s, actor, kept, one.fact, before.get(one.unit), lead, choices.of(one), reason)
        if one.unit == "status":
            for column in (c for c in _columns(kept) if c.startswith(WITH_STATUS)):
                setattr(kept, column, getattr(absorbed, column))
    for f, members in secret.items():
        if members - (read(kept, f) or frozenset()):
            state(s, SYSTEM, kept, f.field, members | (read(kept, f) or frozenset()))
    _repeat_report(kept, absorbed)
    kept.certainty = min(kept.certainty, absorbed.certainty, key=CERTAINTIES.index)
    absorbed.standing, absorbed.standing_reason, absorbed.merged_into_id = MERGED, reason, kept.id
    s.flush()
    settle(s, [kept, absorbed, *s.scalars(select(Record).where(Record.id.in_(touched)))])
    return moving


def promise(
    s: Session, actor: Actor, kept: Record, absorbed: Record, choices: Choices, reason: str, ask: Callable
) -> tuple[Moving, object]:
    """What merging would come to: (what would be moved, the answer of `ask(s)` asked as if it were done). Nothing of it
    stays written. Raises as `merge`."""
    return promised(s, actor, lambda: merge(s, actor, kept, absorbed, choices, reason), ask)


def _take(
    s: Session, actor: Actor, kept: Record, f: Fact, value: object, lead: Statement | None, whose: str, reason: str
) -> None:
    """Let the kept record say what the other one does, on the same statement, as sure as that is. Members of a set that the
    actor may not see stay in it."""
    if f.type == SET and whose != BOTH and lead is None:
        held = read(kept, f) or frozenset()
        value = frozenset(value or ()) | unseen(s, actor, f, held)
    if whose == BOTH:
        state(s, SYSTEM, kept, f.field, frozenset(read(kept, f) or ()) | frozenset(value or ()))
    elif lead is not None:
        follow(s, kept, take_lead(s, actor, kept, f, lead, reason))
    elif leader(s, kept.id, f.field) is not None:
        state(s, SYSTEM, kept, f.field, value)
    else:
        write(kept, f, value)
    s.flush()


def _check(
    s: Session, actor: Actor, kept: Record, absorbed: Record, units: list[Compared], choices: Choices, moving: Moving
) -> None:
    """The rules of the kept record, with the values taken over and the parts moved to it."""
    values = {one.unit: one.values[1] for one in units if one.fact is not None and choices.of(one) == ABSORBED}
    values = {unit: value for unit, value in values.items() if unit in facts_of_kind(kept.kind)}
    parts = any(keys for place, keys in moving.places.items() if place.name == ("project", "umbrella_id"))
    if parts and isinstance(kept, Project):
        values.setdefault("umbrella", kept.umbrella_id)
    check_values(s, actor, kept, values)


def _repeat_report(kept: Record, absorbed: Record) -> None:
    """A project repeats the latest report of both."""
    if not isinstance(kept, Project) or not isinstance(absorbed, Project) or absorbed.reported_on is None:
        return
    if kept.reported_on is None or kept.reported_on < absorbed.reported_on:
        for column in AS_REPORTED:
            setattr(kept, column, getattr(absorbed, column))


def _sets(record: Record) -> list[Fact]:
    return [f for f in facts_of_kind(record.kind).values() if f.type == SET]


def _columns(record: Record) -> list[str]:
    return [attribute.key for attribute in type(record).__mapper__.column_attrs]
