"""Sign-in and sessions. The browser holds a random token, the database its SHA-256, so a copied cookie dies at sign-out.

Signing in takes three short steps, because a password is never checked while the write lock is held:

    with unit(engine) as s: admission = admit(s, login, address)     # counts the attempt, or says how long to wait
    fine = matches(admission.password_hash, password)                # slow, holds nothing
    with unit(engine) as s: refuse(s, login, address)                # or sign_in(s, admission)
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from portal.accounts import queries
from portal.accounts.actions import log
from portal.accounts.actions.passwords import Hashed
from portal.accounts.models import Person, SignIn, SignInAttempt
from portal.accounts.rules import (
    PER_ADDRESS,
    PER_LOGIN,
    PER_LOGIN_AND_ADDRESS,
    TOUCH,
    WINDOW,
    fold_login,
    login_hash,
    token_hash,
    wait,
)
from portal.kernel import clock
from portal.kernel.permission import Actor, need

KEPT = timedelta(days=30)
"""How long the row of an ended session is kept."""


@dataclass(frozen=True)
class Admission:
    """An attempt to sign in that may go on: `password_hash` is None where nobody can sign in with this login. When
    `wait` is set the attempt is refused unheard."""

    login: str
    address: str
    person_id: int | None = None
    password_hash: str | None = field(default=None, repr=False)
    wait: timedelta | None = None


def admit(s: Session, login: str, address: str) -> Admission:
    """Count an attempt before its password is heard, so that many at one moment are counted too.

    Commit before checking the password. No permission is needed: strangers sign in.
    """
    login, address, now = fold_login(login)[:200], address[:64], clock.present()
    if refused := _wait(queries.failures(s, login, address), 0, now):
        return Admission(login, address, wait=refused)
    s.execute(delete(SignInAttempt).where(SignInAttempt.at <= now - WINDOW))
    s.add(SignInAttempt(at=now, login_hash=login_hash(login), address=address))
    s.flush()
    if refused := _wait(queries.failures(s, login, address), 1, now):
        return Admission(login, address, wait=refused)
    person = s.scalar(select(Person).where(Person.login == login))
    if person is None:
        return Admission(login, address)
    return Admission(login, address, person.id, person.password_hash if person.active else None)


def _wait(failures: tuple[list[datetime], list[datetime], list[datetime]], own: int, now: datetime) -> timedelta | None:
    limits = (PER_LOGIN_AND_ADDRESS, PER_ADDRESS, PER_LOGIN)
    waits = [wait(times, limit + own, now) for times, limit in zip(failures, limits, strict=True)]
    return max((w for w in waits if w), default=None)


def refuse(s: Session, admission: Admission) -> None:
    """Note a wrong password (or a login nobody has, which is kept nowhere) in the security log."""
    person = s.get(Person, admission.person_id) if admission.person_id else None
    reason = "unknown_login" if person is None else "wrong_password" if person.active else "disabled"
    log.write(s, "sign_in_failed", person, reason=reason, address=admission.address)
    pair, _address, _login = queries.failures(s, admission.login, admission.address)
    if len(pair) == PER_LOGIN_AND_ADDRESS:
        log.write(s, "sign_in_blocked", person, address=admission.address)


def forgive(s: Session, admission: Admission) -> None:
    """Forget the failures of this login from this address: the password was right."""
    s.execute(
        delete(SignInAttempt).where(
            SignInAttempt.login_hash == login_hash(admission.login), SignInAttempt.address == admission.address
        )
    )


def sign_in(s: Session, admission: Admission, renewed: Hashed | None = None, ends: str | None = None) -> str | None:
    """Open a session after the password was accepted. Returns its token (256 random bits), the only copy.

    None when meanwhile the person was disabled or the password changed. `renewed` replaces a hash made with outdated
    parameters; `ends` is the token of the session this one takes the place of.
    """
    person = s.get(Person, admission.person_id, populate_existing=True) if admission.person_id else None
    if person is None or not person.active or person.password_hash != admission.password_hash:
        return None
    if renewed is not None:
        person.password_hash = renewed.value
    if ends:
        sign_out(s, ends)
    now = clock.present()
    forgive(s, admission)
    s.execute(delete(SignIn).where(SignIn.person_id == person.id, SignIn.started_at < now - KEPT))
    token = secrets.token_urlsafe(32)
    s.add(SignIn(token_hash=token_hash(token), person_id=person.id, started_at=now, seen_at=now))
    log.write(s, "signed_in", person, address=admission.address)
    s.flush()
    return token


def sign_out(s: Session, token: str) -> None:
    """End the session of a token. An unknown or ended one is left as it is. Who holds the token needs no permission."""
    session = s.get(SignIn, token_hash(token))
    if session is None or session.ended_at is not None:
        return
    session.ended_at = clock.present()
    log.write(s, "signed_out", session.person)
    s.flush()


def end_sessions(s: Session, person: Person, keep: str | None = None) -> int:
    """End all open sessions of a person, except the one whose token hash is `keep`. Returns how many ended.

    Called by actions that have checked the permission.
    """
    open_ones = update(SignIn).where(SignIn.person_id == person.id, SignIn.ended_at.is_(None))
    if keep is not None:
        open_ones = open_ones.where(SignIn.token_hash != keep)
    return s.execute(open_ones.values(ended_at=clock.present())).rowcount


def touch_session(s: Session, key: str) -> bool:
    """Note that the session with token hash `key` is in use; at most once a minute. Stands outside changes."""
    now = clock.present()
    touched = s.execute(
        update(SignIn)
        .where(SignIn.token_hash == key, SignIn.ended_at.is_(None), SignIn.seen_at <= now - TOUCH)
        .values(seen_at=now)
    )
    return touched.rowcount == 1


def purge_sessions(s: Session, actor: Actor) -> int:
    """Delete the rows of sessions that ended, or began, longer ago than they are kept. Returns how many there were."""
    need(actor, "people.manage")
    before = clock.present() - KEPT
    return s.execute(delete(SignIn).where(or_(SignIn.ended_at <= before, SignIn.started_at <= before))).rowcount
