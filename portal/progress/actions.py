"""Reporting status: the one form staff fill most often."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.frameworks import policy as frameworks  # noqa: F401  declares framework.edit
from portal.kernel import clock
from portal.kernel.errors import InvalidInput
from portal.kernel.permission import Actor, need, sees
from portal.kernel.record import Record
from portal.kernel.settling import settle
from portal.kernel.when import certainly_before
from portal.progress import facts, policy, texts  # noqa: F401  policy declares the permissions, texts registers what is searched
from portal.progress.models import StatusUpdate
from portal.progress.rules import holding, problems
from portal.projects.actions import take_report
from portal.projects.models import Project
from portal.sources.actions import UNSUPPORTED, Quotation, Support, leader, restate, state


def report_status(
    s: Session,
    actor: Actor,
    of: Record,
    values: Mapping[str, object],
    support: Support = UNSUPPORTED,
    *,
    lang: str | None = None,
) -> StatusUpdate:
    """Write a status update of a project or framework; units: light, status, held_on, happened, next_steps.

    A project repeats the update that holds for the latest day; its status becomes a statement of its own, so an
    earlier statement stays beside it. Raises InvalidInput {unit: code}.
    """
    need(actor, f"{of.kind}.edit", of)
    found = problems(values, clock.today())
    if found:
        raise InvalidInput(found)
    update = StatusUpdate(
        of_id=of.id, author_id=actor.person_id, written_on=clock.today(), light=values.get("light"),
        status=values.get("status"), happened=values.get("happened") or "", next_steps=values.get("next_steps") or "",
        lang=lang, certainty=support.certainty,
    )  # fmt: skip
    update.held_on = values["held_on"]
    s.add(update)
    s.flush()
    if support.quotations:
        for f in facts.STATUS_UPDATE:
            if values.get(f.field):
                state(s, actor, update, f.field, values[f.field], support)
    if isinstance(of, Project) and _is_latest(s, of, update):
        if update.status is not None:
            # Also where the status stays: the day it holds for is new, and the source of before does not vouch for it.
            state(s, actor, of, "status", update.status, support)
        take_report(of, light=update.light, status=update.status, held_on=update.held_on, written_on=update.written_on)
    settle(s, [update, of])
    return update


def _is_latest(s: Session, of: Project, update: StatusUpdate) -> bool:
    """Whether neither another update nor the project's status surely holds for a later day."""
    if certainly_before(update.held_on, of.status_on):
        return False
    later = select(StatusUpdate.id).where(
        StatusUpdate.of_id == update.of_id,
        StatusUpdate.id != update.id,
        StatusUpdate.held_on_from > update.held_on_to,
    )
    return update.held_on_to is None or s.scalar(later.limit(1)) is None


def correct_update(
    s: Session, actor: Actor, update: StatusUpdate, values: Mapping[str, object], support: Support = UNSUPPORTED
) -> StatusUpdate:
    """Correct a status update; units: light, status, held_on, happened, next_steps, as far as given.

    Its author and the day it was written stay, history keeps what it said. A project repeats its latest update again; where
    its status came from none, or no update has a status any more, the status stays. Raises InvalidInput {unit: code}.
    """
    need(actor, "status_update.edit", update)
    units = ("light", "status", "held_on", "happened", "next_steps")
    whole = {unit: values.get(unit, getattr(update, unit)) for unit in units}
    found = problems(whole, clock.today())
    if found:
        raise InvalidInput(found)
    of = s.get_one(Record, update.of_id)
    before = _repeated(s, of) if isinstance(of, Project) else None
    moved = (update.status, update.held_on) != (whole["status"], whole["held_on"])
    for f in facts.STATUS_UPDATE:
        value = whole.pop(f.field) or None
        if value != (getattr(update, f.field) or None):
            restate(s, actor, update, f.field, value, support)
    update.light, update.next_steps = whole["light"], whole["next_steps"] or ""
    s.flush()
    if isinstance(of, Project) and before is not None:
        _repeat(s, actor, of, update, before, support, moved)
    settle(s, [update, of])
    return update


@dataclass(frozen=True)
class _Repeated:
    """What a project repeats: its latest update, the latest with a status, and whether its status is from that one."""

    latest: StatusUpdate
    rated: StatusUpdate | None
    from_update: bool


def _repeated(s: Session, of: Project) -> _Repeated:
    updates = {u.id: u for u in s.scalars(select(StatusUpdate).where(StatusUpdate.of_id == of.id))}
    latest = holding((u.id, u.held_on) for u in updates.values())
    rated = updates.get(holding((u.id, u.held_on) for u in updates.values() if u.status is not None))
    same = rated is not None and (of.status, of.status_on) == (rated.status, rated.held_on)
    return _Repeated(updates[latest], rated, same)


def _repeat(
    s: Session, actor: Actor, of: Project, update: StatusUpdate, before: _Repeated, support: Support, moved: bool
) -> None:
    """Let the project repeat its latest update after one was corrected."""
    now = _repeated(s, of)
    rated, status = now.rated, None
    newer = rated is update and moved and not certainly_before(update.held_on, of.status_on)
    if rated is not None and (before.from_update or newer):
        status = rated.status
        if of.status != status:
            named = rated is update and support.quotations
            state(s, actor, of, "status", status, support if named else _backing(s, actor, rated, support.reason))
        of.status_basis, of.status_on = "stated", rated.held_on
    if update in (before.latest, now.latest) and (
        of.reported_on is not None or not certainly_before(now.latest.held_on, of.status_on)
    ):
        take_report(
            of, light=now.latest.light, status=None, held_on=now.latest.held_on, written_on=now.latest.written_on
        )


def _backing(s: Session, actor: Actor, update: StatusUpdate, reason: str) -> Support:
    """What the status of an update rests on, as far as the actor may see it."""
    stated = leader(s, update.id, "status")
    if stated is None or not all(sees(s, actor, c.document_id) for c in stated.citations):
        return Support(reason=reason)
    quotations = tuple(
        Quotation(c.document_id, c.place, c.quotation, c.quotation_lang, c.verbatim) for c in stated.citations
    )
    return Support(stated.certainty, quotations, reason=reason)
