"""Pure rules of accounts: what a login and a password look like, when a session has run out, when to stop guessing."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta

from portal.kernel.errors import N_

LANGUAGES = ("cs", "en")

PASSWORD_MIN, PASSWORD_MAX = 12, 200
"""Characters of a password. No rule of composition: length is what counts (NIST SP 800-63B, 5.1.1.2)."""

TOUCH = timedelta(minutes=1)
"""How exactly the last use of a session is known; a page writes it no more often."""

WINDOW = timedelta(minutes=15)
PER_LOGIN_AND_ADDRESS, PER_ADDRESS, PER_LOGIN = 5, 50, 100
"""Failed sign-ins within WINDOW after which the next is refused. Offices share one address, so an address may fail more
often than one person; a login may fail so often from everywhere that nobody can lock a colleague out by five typos."""


def fold_login(login: str) -> str:
    """The form in which logins are kept and compared: NFC, trimmed, small letters."""
    return unicodedata.normalize("NFC", login).strip().lower()


def login_problem(login: str) -> str | None:
    """Why `login` (folded) cannot be one, or None."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9._@+-]{1,119}", login):
        return N_("Write 2 to 120 letters without diacritics, digits or . _ @ + -, beginning with a letter or a digit.")
    return None


def fold_password(password: str) -> str:
    """Keyboards write one and the same accented letter in two ways; NFC makes them equal."""
    return unicodedata.normalize("NFC", password)


def password_problem(password: str, login: str = "") -> str | None:
    """Why `password` is too weak or cannot be kept, or None."""
    password = fold_password(password)
    if len(password) < PASSWORD_MIN:
        return N_("A password needs at least 12 characters; several words are easy to remember.")
    if len(password) > PASSWORD_MAX:
        return N_("A password has at most 200 characters.")
    if len(set(password)) < 5:
        return N_("This password is easy to guess. Use more different characters.")
    if login and login in password.lower():
        return N_("A password must not contain the login.")
    return None


def token_hash(token: str) -> str:
    """What the database keeps of a session's token: its SHA-256, in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def login_hash(login: str) -> str:
    """What is kept of a login that somebody tried: it may be a password typed into the wrong field."""
    return hashlib.sha256(f"login:{fold_login(login)}".encode()).hexdigest()


def wait(failures: Sequence[datetime], limit: int, now: datetime) -> timedelta | None:
    """How long to wait before the next try, or None if there may be one now. `failures` lie within the window."""
    if len(failures) < limit:
        return None
    oldest = sorted(failures)[len(failures) - limit]
    return max(oldest + WINDOW - now, timedelta(seconds=1))
