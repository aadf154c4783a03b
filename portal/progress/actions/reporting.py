"""Reporting status: the one form staff fill most often.

Where approval is asked a report is a draft or submitted, and nothing of the project changes before it is approved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.frameworks import policy as frameworks  # noqa: F401  declares framework.edit
from portal.kernel import clock
from portal.kernel.errors import Forbidden, InvalidInput, Refused
from portal.kernel.permission import Actor, need, sees
from portal.kernel.record import Record
from portal.kernel.settling import settle
from portal.kernel.when import certainly_before
from portal.progress import facts, policy, texts  # noqa: F401  policy declares the permissions, texts registers what is searched
from portal.progress.actions.telling import tell_approvers
from portal.progress.models import StatusUpdate
from portal.progress.queries import holds_latest, is_asked, may_correct
from portal.progress.rules import APPROVED, DRAFT, SUBMITTED, UNFINISHED, latest, problems
from portal.projects.actions import take_report, take_status
from portal.projects.models import Project
from portal.sources.actions import (
    UNSUPPORTED,
    Quotation,
    Support,
    checked,
    leader,
    restate,
    state,
    upheld,
)

UNITS = ("light", "status", "held_on", "happened", "next_steps")


def report_status(
    s: Session,
    actor: Actor,
    of: Record,
    values: Mapping[str, object],
    support: Support = UNSUPPORTED,
    *,
    lang: str | None = None,
    draft: bool = False,
) -> StatusUpdate:
    """Write a status update of a project or framework; units: light, status, held_on, happened, next_steps.

    Where approval is asked it is submitted, or with `draft` kept for its author, and changes nothing yet. Elsewhere a project
    repeats the update that holds for the latest day; its status becomes a statement of its own, so an earlier statement stays
    beside it. Without a status the project's stays as it is. Raises InvalidInput {unit: code}.
    """
    need(actor, f"{of.kind}.edit", of)
    found = problems(values, clock.today())
    if found:
        raise InvalidInput(found)
    update = StatusUpdate(
        of_id=of.id, author_id=actor.person_id, written_on=clock.today(), light=values.get("light"),
        status=values.get("status"), happened=values.get("happened") or "", next_steps=values.get("next_steps") or "",
        lang=lang, certainty=support.certainty,
        approval=APPROVED if not is_asked(s, of) else DRAFT if draft else SUBMITTED,
    )  # fmt: skip
    update.held_on = values["held_on"]
    s.add(update)
    s.flush()
    if support.quotations:
        for f in facts.STATUS_UPDATE:
            if values.get(f.field):
                state(s, actor, update, f.field, values[f.field], support)
    if update.approval == APPROVED and isinstance(of, Project) and holds_latest(s, of, update.held_on):
        # Also where the status stays: the day it holds for is new, and the source of before does not vouch for it.
        statement = None if update.status is None else state(s, actor, of, "status", update.status, support)
        take_report(of, light=update.light, status=statement, held_on=update.held_on, written_on=update.written_on)
    settle(s, [update, of])
    if update.approval == SUBMITTED:
        tell_approvers(s, actor, update)
    return update


def finish_report(
    s: Session,
    actor: Actor,
    update: StatusUpdate,
    values: Mapping[str, object],
    support: Support = UNSUPPORTED,
    *,
    draft: bool = False,
) -> StatusUpdate:
    """Edit one's own draft or returned report, units as `correct_update`, and submit it; with `draft` it goes on waiting for
    its author. Forbidden for another's, Refused once it is submitted or approved, InvalidInput {unit: code}."""
    need(actor, "status_update.edit", update)
    if update.author_id is None or update.author_id != actor.person_id:
        raise Forbidden("status_update.edit")
    if update.approval not in UNFINISHED:
        raise Refused("report_not_yours_now")
    _write(s, actor, update, values, support)
    if not draft:
        update.approval, update.decided_by_id, update.returned_for = SUBMITTED, None, ""
    settle(s, [update])
    if not draft:
        tell_approvers(s, actor, update)
    return update


def correct_update(
    s: Session, actor: Actor, update: StatusUpdate, values: Mapping[str, object], support: Support = UNSUPPORTED
) -> StatusUpdate:
    """Correct a status update that counts; units: light, status, held_on, happened, next_steps, as far as given. Where approval
    is asked, that is for whoever could approve it: somebody who may, and did not write it.

    Its author and the day it was written stay, history keeps what it said. A project repeats its latest update again; where
    its status came from none, or no update has a status any more, the status stays. Raises InvalidInput {unit: code}.
    """
    need(actor, "status_update.edit", update)
    of = s.get_one(Record, update.of_id)
    if update.approval != APPROVED:
        raise Refused("report_not_approved")
    if is_asked(s, of):
        need(actor, "status_update.approve", update)
    before = _repeated(s, of) if isinstance(of, Project) else None
    was = (update.status, update.held_on)
    _write(s, actor, update, values, support)
    moved = was != (update.status, update.held_on)
    if isinstance(of, Project) and before is not None:
        _repeat(s, actor, of, update, before, support, moved)
    settle(s, [update, of])
    return update


def _uphold(s: Session, actor: Actor, update: StatusUpdate, before: StatusUpdate) -> None:
    found = problems({unit: getattr(update, unit) for unit in UNITS}, clock.today())
    if found:
        raise InvalidInput(found)


upheld("status_update", _uphold)


def check(s: Session, actor: Actor, update: StatusUpdate, values: Mapping[str, object]) -> None:
    """What is asked before a fact of an update is stated by hand: the right to correct it."""
    need(actor, "status_update.edit", update)
    if not may_correct(s, actor, update):
        raise Forbidden("status_update.edit")


checked("status_update", check)


def take_effect(s: Session, actor: Actor, update: StatusUpdate) -> None:
    """Let the project of an update that has just been approved repeat it, where it is now the latest: as if it had been
    approved when it was written. Its status rests on what the report rested on."""
    of = s.get_one(Record, update.of_id)
    if isinstance(of, Project) and _repeated(s, of).latest is update and holds_latest(s, of, update.held_on):
        rests = _backing(s, actor, update, "")
        statement = None if update.status is None else state(s, actor, of, "status", update.status, rests)
        take_report(of, light=update.light, status=statement, held_on=update.held_on, written_on=update.written_on)
    settle(s, [update, of])


def _write(s: Session, actor: Actor, update: StatusUpdate, values: Mapping[str, object], support: Support) -> None:
    """Let the update say `values`, as far as given; InvalidInput where a rule is broken."""
    whole = {unit: values.get(unit, getattr(update, unit)) for unit in UNITS}
    found = problems(whole, clock.today())
    if found:
        raise InvalidInput(found)
    for f in facts.STATUS_UPDATE:
        value = whole.pop(f.field) or None
        if value != (getattr(update, f.field) or None):
            restate(s, actor, update, f.field, value, support)
    update.light, update.next_steps = whole["light"], whole["next_steps"] or ""
    s.flush()


@dataclass(frozen=True)
class _Repeated:
    """What a project repeats: of its approved updates the latest, the latest with a status, and whether its status is from
    that one."""

    latest: StatusUpdate | None
    rated: StatusUpdate | None
    from_update: bool


def _repeated(s: Session, of: Project) -> _Repeated:
    asked = select(StatusUpdate).where(StatusUpdate.of_id == of.id, StatusUpdate.approval == APPROVED)
    updates = s.scalars(asked).all()
    rated = latest(u for u in updates if u.status is not None)
    same = rated is not None and (of.status, of.status_on) == (rated.status, rated.held_on)
    return _Repeated(latest(updates), rated, same)


def _repeat(
    s: Session, actor: Actor, of: Project, update: StatusUpdate, before: _Repeated, support: Support, moved: bool
) -> None:
    """Let the project repeat its latest update after one was corrected."""
    now = _repeated(s, of)
    rated, top = now.rated, now.latest
    newer = rated is update and moved and not certainly_before(update.held_on, of.status_on)
    if rated is not None and (before.from_update or newer):
        lead = leader(s, of.id, "status")
        if of.status != rated.status or rated is not before.rated:
            # Also where the status stays: what vouched for it is the update that was repeated before.
            named = rated is update and support.quotations
            backing = support if named else _backing(s, actor, rated, support.reason)
            lead = state(s, actor, of, "status", rated.status, backing)
        take_status(of, lead, rated.held_on)
    if update in (before.latest, top) and (
        of.reported_on is not None or not certainly_before(top.held_on, of.status_on)
    ):
        take_report(of, light=top.light, status=None, held_on=top.held_on, written_on=top.written_on)


def _backing(s: Session, actor: Actor, update: StatusUpdate, reason: str) -> Support:
    """What the status of an update rests on, as far as the actor may see it."""
    stated = leader(s, update.id, "status")
    if stated is None or not all(sees(s, actor, c.document_id) for c in stated.citations):
        return Support(reason=reason)
    quotations = tuple(
        Quotation(c.document_id, c.place, c.quotation, c.quotation_lang, c.verbatim) for c in stated.citations
    )
    return Support(stated.certainty, quotations, reason=reason)
