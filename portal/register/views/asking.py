"""What both ways of making a file ask of an address: as of which change, for whom; and what their forms begin with."""

from __future__ import annotations

from portal.kernel import asof
from portal.kernel.errors import NotFound
from portal.kernel.permission import Actor, unseen_by
from portal.register import making
from portal.web import page


def who() -> Actor:
    """Whoever asks, as somebody from whom the same records are hidden: so the file can be made again for others."""
    return making.seen_by(page.actor(), unseen_by(page.live_session(), page.actor()))


def first(found) -> dict:
    """What the form of sending begins with."""
    recipient = found.obligation.recipient
    return {"version": found.version, "recipient": recipient.name(page.lang()) if recipient else ""}


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
