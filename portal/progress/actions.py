"""Reporting status: the one form staff fill most often."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from portal.frameworks import policy as frameworks  # noqa: F401  declares framework.edit
from portal.kernel import clock
from portal.kernel.errors import InvalidInput
from portal.kernel.permission import Actor, need
from portal.kernel.record import Record
from portal.kernel.settling import settle
from portal.progress import facts, policy  # noqa: F401  policy declares the permissions
from portal.progress.models import StatusUpdate
from portal.progress.queries import holds_latest
from portal.progress.rules import problems
from portal.projects.actions import take_report
from portal.projects.models import Project
from portal.sources.actions import UNSUPPORTED, Support, state


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
    earlier statement stays beside it. Without a status the project's stays as it is. Raises InvalidInput {unit: code}.
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
    if isinstance(of, Project) and holds_latest(s, of, update.held_on):
        # Also where the status stays: the day it holds for is new, and the source of before does not vouch for it.
        statement = None if update.status is None else state(s, actor, of, "status", update.status, support)
        take_report(of, light=update.light, status=statement, held_on=update.held_on, written_on=update.written_on)
    settle(s, [update, of])
    return update
