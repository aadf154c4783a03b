"""What both ways of making a file ask of an address: as of which change, for whom; and what their forms begin with."""

from __future__ import annotations

from portal.kernel import asof
from portal.kernel.errors import NotFound, Refused
from portal.kernel.permission import Actor, need, unseen_by
from portal.layouts.order import Choices
from portal.layouts.places import Made
from portal.register import actions, making
from portal.register.forms import SendForm
from portal.register.making.template import Template
from portal.web import page

HIDDEN = "file_holds_hidden"


def who() -> Actor:
    """Whoever asks, as somebody from whom the same records are hidden: so the file can be made again for others."""
    return making.seen_by(page.actor(), unseen_by(page.live_session(), page.actor()))


def first(found) -> dict:
    """What the form of sending begins with."""
    recipient = found.obligation.recipient
    return {"version": found.version, "recipient": recipient.name(page.lang()) if recipient else ""}


def make(who: Actor, at: asof.Moment, due_report_id: int, choices: Choices | Template) -> Made:
    """The file, for somebody of `who`. Raises as `making.make` does; Refused where something in it is hidden from them today:
    rows of the past are hidden by references of the past, and what slipped through there is not given."""
    made = making.make(page.engine(), who, at.id, due_report_id, choices)
    if not set(made.drawn).isdisjoint(who.unseen or ()):
        raise Refused(HIDDEN)
    return made


def register(
    found, form: SendForm, made: Made, choices: Choices | Template, at: asof.Moment, who: Actor, name: str
) -> int:  # fmt: skip
    """Register a file as sent; its id. Raises as `actions.send_file` does."""
    with page.writing():
        s = page.live_session()
        s.refresh(found)
        need(page.actor(), "sent_file.add", found)
        kept = actions.send_file(
            s, page.actor(), found, form.version.data, made, choices, at.id, unseen=who.unseen, on=form.on.data,
            reference=form.number.data or "", recipient=form.recipient.data or "", file_name=name,
        )  # fmt: skip
        return kept.id


def moment_or_none() -> asof.Moment | None:
    """The change as of which the file is made: that of the page, the one asked for, the last one."""
    past, s = page.moment(), page.live_session()
    if past is not None:
        return asof.Moment(past.id, past.at)
    asked = page.asked_id("at")
    return asof.moment(s, asked) if asked else asof.last_moment(s)


def moment() -> asof.Moment:
    """The same; NotFound where there is none."""
    at = moment_or_none()
    if at is None:
        raise NotFound("change")
    return at
