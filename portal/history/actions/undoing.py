"""Undoing a change."""

from __future__ import annotations

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from portal.accounts.actions.secrecy import follow_secrecy
from portal.funding.actions.names import call_anew
from portal.history import policy  # noqa: F401  declares the permission
from portal.history.prospect import Prospect, foresee, neighbours, with_what_they_lie_under
from portal.kernel.errors import Forbidden, InvalidInput, NotFound, Refused
from portal.kernel.history import undo
from portal.kernel.permission import Actor, need, permits
from portal.kernel.record import Record
from portal.kernel.settling import index, settle
from portal.kernel.transaction import Change
from portal.sources.actions import uphold
from portal.sources.facts import Pair


class NotUndone(Refused):
    """The undo is not possible; `prospect` says why."""

    def __init__(self, prospect: Prospect) -> None:
        super().__init__("not_undone")
        self.prospect = prospect


class RuleBroken(Refused):
    """What a record would say breaks a rule: `about` is the record, `errors` {unit: code} as of InvalidInput."""

    def __init__(self, about: Record, errors: dict[str, str]) -> None:
        super().__init__("rule_broken")
        self.about, self.errors = about, errors


def undo_change(s: Session, actor: Actor, change: Change) -> None:
    """Take a change back within the one that is open, all of it or nothing.

    Whoever does needs the right to edit every record it touched, where it stands and where it will stand, and to see all of
    it. The rules of the records hold for what comes out. NotFound, Forbidden, NotUndone, RuleBroken.
    """
    need(actor, "change.undo")
    prospect = foresee(s, actor, change)
    if prospect is None:
        raise NotFound("change", id=change.id)
    for record in prospect.forbidden:
        need(actor, f"{record.kind}.edit", record)
    if not prospect.possible:
        raise NotUndone(prospect)
    about, beside = prospect.about, neighbours(prospect.plan)
    before = {i: _copied(one) for i, one in with_what_they_lie_under(s, about).items() if i in about}
    undo.apply(s, prospect.plan)
    around = with_what_they_lie_under(s, about | beside)
    records = [around[i] for i in sorted(about & around.keys())]
    _follow_names(s, records, before)
    for record in records:
        _uphold(s, actor, prospect, record, before.get(record.id))
    settle(s, records)
    index(s, [around[i] for i in sorted(beside & around.keys() - about)])


def _uphold(s: Session, actor: Actor, prospect: Prospect, record: Record, before: Record | None) -> None:
    """The rights and the rules, of a record as it stands now."""
    rights = [f"{record.kind}.edit"] if before is not None else [f"{record.kind}.edit", f"{record.kind}.add"]
    for right in rights:
        if not permits(actor, right, record):
            raise Forbidden(right)
    if before is None:
        before = type(record)(id=record.id)
    elif before.confidential != record.confidential:
        follow_secrecy(s, actor, record)
    try:
        uphold(s, actor, record, before, prospect.sets_of(record.id))
    except InvalidInput as error:
        raise RuleBroken(record, error.errors) from error
    except Refused as error:
        raise RuleBroken(record, {"": str(error.message)}) from error


def _follow_names(s: Session, records: list[Record], before: dict[int, Record]) -> None:
    """What is called by a record follows its name, also where it was added since."""
    named = {i: Pair(one.name_cs, one.name_en) for i, one in before.items()}
    moved = {r.id: named[r.id] for r in records if r.id in named and named[r.id] != Pair(r.name_cs, r.name_en)}
    if moved:
        call_anew(s, moved)
        s.flush()


def _copied(record: Record) -> Record:
    """The record as it stands, outside the Session."""
    columns = inspect(type(record)).column_attrs
    return type(record)(**{attribute.key: getattr(record, attribute.key) for attribute in columns})
