"""Who visits: the token in the browser's cookie, the session row behind it, the person and today's rights.

The cookie holds the token only. Flask signs it, but its life is the row's: ended at sign-out, when the person is disabled,
after a time without use, and at the latest some hours after sign-in.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from flask import Flask, g, request, session
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import TooManyRequests

from portal.accounts import actions, queries
from portal.accounts.rules import TOUCH
from portal.jobs import schedule
from portal.kernel import clock, transaction
from portal.kernel.errors import ImportRunning
from portal.kernel.permission import SYSTEM, Actor
from portal.web import page
from portal.web.frame import frame

CLEANED_AT = 2
"""The hour (UTC) at which old sessions are deleted."""
log = logging.getLogger("portal.accounts")
COOKIE_KEY = "visit"


def token() -> str | None:
    """The token this browser sent, good or not."""
    sent = session.get(COOKIE_KEY)
    return sent if isinstance(sent, str) else None


def load_actor() -> Actor | None:
    """Who asks, with today's rights. Nothing is read from the database for a browser without a token."""
    g.visitor_lang = None
    sent = token()
    if sent is None:
        return None
    idle = timedelta(minutes=frame().setting("session_idle_minutes"))
    longest = timedelta(hours=frame().setting("session_hours"))
    s = page.live_session()
    visit = queries.visit(s, sent, idle, longest)
    if visit is None:
        return None
    if clock.present() - visit.seen_at >= TOUCH:
        g.touched = visit.token_hash
    g.visitor_lang = visit.person.lang
    return queries.actor_of(s, visit.person)


def load_language() -> str | None:
    """The language the person chose, None for strangers and those who left it to the portal."""
    return g.get("visitor_lang") if page.signed_in() else None


def enter(login: str, password: str) -> bool:
    """Sign in. False when login or password is wrong; TooManyRequests (with Retry-After) after too many failures.

    The attempt is counted before the password is heard, and stays counted whatever becomes of this request.
    """
    with page.unlocked():
        admission = _admitted(login)
        fine = actions.matches(admission.password_hash, password)
        renewed = actions.renewed(password) if fine and actions.outdated(admission.password_hash) else None
    if fine and (opened := actions.sign_in(page.live_session(), admission, renewed, ends=token())):
        # A new cookie altogether: whoever knew the one before, or its form tokens, knows nothing of this one.
        session.clear()
        session[COOKIE_KEY] = opened
        g.pop("actor", None)
        return True
    with page.unlocked(), transaction.unit(page.engine()) as s:
        actions.refuse(s, admission)
    return False


def confirm(login: str, password: str) -> str | None:
    """The hash this password was checked against, if it is the right one. Counts and refuses as `enter`; holds no lock,
    so load everything anew after it."""
    with page.unlocked():
        admission = _admitted(login)
        if actions.matches(admission.password_hash, password):
            with transaction.unit(page.engine()) as s:
                actions.forgive(s, admission)
            return admission.password_hash
        with transaction.unit(page.engine()) as s:
            actions.refuse(s, admission)
        return None


def _admitted(login: str) -> actions.Admission:
    with transaction.unit(page.engine()) as s:
        admission = actions.admit(s, login, request.remote_addr or "")
    if admission.wait is not None:
        raise TooManyRequests(retry_after=int(admission.wait.total_seconds()) + 1)
    return admission


def leave() -> None:
    """End the session of this browser, and forget its cookie."""
    sent = token()
    if sent is not None:
        actions.sign_out(page.live_session(), sent)
    session.clear()
    g.pop("actor", None)


def touch(error: BaseException | None = None) -> None:
    """Note that the session is in use, after the answer is made and outside its transaction. Never waits for a writer:
    the next page of the next minute tries again."""
    key = g.pop("touched", None)
    if key is None:
        return
    try:
        with transaction.unit(page.engine(), wait=0) as s:
            actions.touch_session(s, key)
    except (ImportRunning, OperationalError):
        log.debug("a session was not touched: somebody is writing")


def install(app: Flask) -> None:
    place = frame(app)
    place.load_actor, place.load_language = load_actor, load_language
    app.teardown_request(touch)
    schedule.of(app).daily("ended sessions", CLEANED_AT, forget_sessions)


def forget_sessions() -> None:
    """Delete the rows of sessions that ended long ago."""
    with transaction.unit(page.engine()) as s:
        actions.purge_sessions(s, SYSTEM)
