"""People for tests, made by the same actions as in life, with passwords hashed once and cheaply."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts import actions, queries
from portal.accounts.models import Person
from portal.kernel.permission import SYSTEM, Actor
from tests.client import Client
from tests.factories.serial import letters

PASSWORD = "koně a vrabci v poli"  # long enough, and with diacritics as people here type them
_serial = letters()


@cache
def hashed(password: str = PASSWORD) -> actions.Hashed:
    """A hash with the least work argon2 allows; a sign-in with it hashes anew with today's parameters."""
    return actions.Hashed(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(password))


def person(
    s: Session, role: str = "viewer", *, login: str | None = None, name: str | None = None, everywhere: bool = False,
    frameworks: Collection[int] = (), lang: str | None = None, password: str = PASSWORD,
) -> Person:  # fmt: skip
    """A person who can sign in with PASSWORD."""
    serial = next(_serial)
    return actions.add_person(
        s, SYSTEM, login=login or f"{role.replace('_', '.')}{serial}", name=name or f"{role} {serial}", role=role,
        password=hashed(password), everywhere=everywhere, frameworks=frameworks, lang=lang,
    )  # fmt: skip


def actor(s: Session, role: str = "viewer", **given) -> Actor:
    """The rights of a new person."""
    return queries.actor_of(s, person(s, role, **given))


def administrator(s: Session) -> Actor:
    """An administrator, the same one however often asked in a test."""
    found = s.scalar(select(Person).where(Person.login == "spravce.testu"))
    return queries.actor_of(s, found or person(s, "administrator", login="spravce.testu"))


def session_of(s: Session, someone: Person) -> str:
    """The token of a new session of a person, as after the right password."""
    admission = actions.Admission(someone.login, "127.0.0.1", someone.id, someone.password_hash)
    token = actions.sign_in(s, admission)
    assert token is not None, f"{someone.login} cannot sign in"
    return token


def browser(app: Flask, token: str | None) -> Client:
    """A browser that holds a session's token in its cookie (None: a stranger's)."""
    client = Client(app)
    if token is not None:
        with client.browser.session_transaction() as cookie:
            cookie["visit"] = token
    return client
