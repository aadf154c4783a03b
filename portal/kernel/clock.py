"""The only clock. Nothing else in the portal asks the operating system what time it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

# The ministry's day: a deadline of 31 March ends at midnight in Prague, not in Greenwich.
OFFICE_ZONE = ZoneInfo("Europe/Prague")

_stopped: ContextVar[datetime | None] = ContextVar("portal_clock_stopped", default=None)
_past: ContextVar[datetime | None] = ContextVar("portal_clock_past", default=None)


def now() -> datetime:
    """The moment a page speaks of (aware, UTC): the present, or the past moment being looked at."""
    return _past.get() or present()


def present() -> datetime:
    """The real present (aware, UTC), also while somebody looks at the past.

    For sign-in, sessions, throttling and logs: rights and their expiry are always today's.
    """
    return _stopped.get() or datetime.now(UTC)


def today() -> date:
    """The day of `now()` in the office's time zone (Prague)."""
    return now().astimezone(OFFICE_ZONE).date()


def looking_back() -> bool:
    """Whether a page shows the past, or what documents stated by a day, instead of the portfolio as it is."""
    return _past.get() is not None


def stopped() -> datetime | None:
    """The moment at which a test stopped the clock, or None while it runs."""
    return _stopped.get()


@contextmanager
def stopped_at(moment: datetime) -> Iterator[datetime]:
    """For tests: within the block (and this thread or task) the present is `moment`, which must carry a zone."""
    with _held(_stopped, moment):
        yield moment


@contextmanager
def looking_at(moment: datetime) -> Iterator[datetime]:
    """For `asof`: within the block `now()` is the past `moment`, while `present()` goes on."""
    with _held(_past, moment):
        yield moment


@contextmanager
def _held(hand: ContextVar[datetime | None], moment: datetime) -> Iterator[None]:
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    token = hand.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        hand.reset(token)
