"""Passwords: argon2id hashes, checking with the same work for everybody, random ones to hand over.

Hashing takes a tenth of a second and much memory. Actions take a `Hashed`, never a text, so nobody hashes while holding
the write lock.
"""

from __future__ import annotations

import functools
import secrets
import threading
from dataclasses import dataclass, field

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from portal.accounts.rules import fold_password, password_problem
from portal.kernel.errors import InvalidInput

HASHER = PasswordHasher()
"""The library's defaults: argon2id, 64 MiB, three passes (RFC 9106, second recommended option)."""

# Each hashing takes 64 MiB: strangers who knock all at once must not take the whole memory.
_AT_ONCE = threading.BoundedSemaphore(2)

# Without 0, 1, i, l, o: read aloud and typed without doubt. Sixteen of these carry 79 bits.
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


@dataclass(frozen=True)
class Hashed:
    """A password after hashing."""

    value: str = field(repr=False)


def hashed(password: str, login: str = "", unit: str = "password") -> Hashed:
    """Hash a new password. InvalidInput {unit: reason} when it is too weak. Slow: call it before writing begins."""
    if problem := password_problem(password, login):
        raise InvalidInput({unit: problem})
    with _AT_ONCE:
        return Hashed(HASHER.hash(fold_password(password)))


def matches(kept: str | None, password: str) -> bool:
    """Whether `password` is the one kept. Without one (no such person) the same work is done and the answer is no."""
    with _AT_ONCE:
        try:
            return HASHER.verify(kept or _nobody(), fold_password(password)) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


def outdated(kept: str) -> bool:
    """Whether a hash was made with other parameters than are used now."""
    return HASHER.check_needs_rehash(kept)


def renewed(password: str) -> Hashed:
    """Hash a password that has just been accepted anew, whatever today's rules of strength say."""
    with _AT_ONCE:
        return Hashed(HASHER.hash(fold_password(password)))


def random_password() -> str:
    """Four groups of four letters and digits, for instance to be read out on the telephone."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


@functools.cache
def _nobody() -> str:
    return HASHER.hash(secrets.token_urlsafe(32))
