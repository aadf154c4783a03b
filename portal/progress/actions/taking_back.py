"""What an author does with a report that does not count yet, besides finishing it: take it back, throw it away."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from portal.kernel.errors import Forbidden, Refused
from portal.kernel.permission import Actor, need
from portal.kernel.record import Record
from portal.kernel.settling import settle
from portal.progress.actions.telling import tell_no_more
from portal.progress.models import StatusUpdate
from portal.progress.rules import DRAFT, SUBMITTED, UNFINISHED


def pull_back(s: Session, actor: Actor, update: StatusUpdate) -> StatusUpdate:
    """Take one's own submitted report back while nobody has decided of it: it is a draft again. Forbidden for another's,
    Refused where it was decided meanwhile, or is not submitted."""
    _own(actor, update, (SUBMITTED,))
    update.approval = DRAFT
    settle(s, [update])
    tell_no_more(s, update)
    return update


def discard_report(s: Session, actor: Actor, update: StatusUpdate) -> None:
    """Throw away one's own draft or returned report. History keeps it, hidden as it was. Forbidden for another's, Refused once
    it is submitted or approved."""
    _own(actor, update, UNFINISHED)
    of = s.get_one(Record, update.of_id)
    s.delete(update)
    settle(s, [of], renamed=False)
    tell_no_more(s, update)


def _own(actor: Actor, update: StatusUpdate, states: Collection[str]) -> None:
    need(actor, "status_update.edit", update)
    if update.approval not in states:
        raise Refused("report_not_yours_now")
    if update.author_id is None or update.author_id != actor.person_id:
        raise Forbidden("status_update.edit")
