"""What the first start does and every later one skips: schema, seed portfolio, first accounts."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from portal.config import Settings
from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from portal.ops import schema

# Without 0, 1, i, l, o: read aloud and typed without doubt. Sixteen of these carry 79 bits.
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"

FIRST_ACCOUNTS = (
    ("spravce", "Správce portálu", "administrator"),
    ("editor", "Editor", "editor"),
    ("vykazy", "Referent výkaznictví", "reporting_officer"),
    ("vedeni", "Vedení", "viewer"),
)
"""Login, name and role of the accounts that a portal without people gets. They name offices, not persons."""


@dataclass(frozen=True)
class NewAccount:
    """An account just made, with the only copy of its password."""

    login: str
    role: str
    password: str


def random_password() -> str:
    """Four groups of four letters and digits, for instance to be read out on the telephone."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def prepare(engine: Engine, settings: Settings, say: Callable[[str], None]) -> list[NewAccount]:
    """Migrate, seed an empty portfolio, make the first accounts. Returns the accounts made now, if any.

    Two servers that start at the same moment do it one after the other, and the second finds nothing to do.
    """
    with schema.alone(engine, settings):
        if not schema.state(engine).current:
            say("Bringing the database up to date …")
            schema.migrate(engine)
        with transaction.unit(engine) as s:
            if portfolio_is_empty(s):
                say("Loading the seed portfolio …")
                seed(s)
        with transaction.unit(engine) as s:
            return add_first_accounts(s)


def portfolio_is_empty(s: Session) -> bool:
    """Whether no record of any kind has been entered yet."""
    from portal.kernel.record import Record

    return s.scalar(select(Record.id).limit(1)) is None


def seed(s: Session) -> None:
    """Load `seed_data/`; what is already there as it should be stays untouched."""
    from portal.ops import seeding

    seeding.seed(s)


def add_first_accounts(s: Session) -> list[NewAccount]:
    """The `FIRST_ACCOUNTS` with random passwords, if nobody has an account yet; else nothing."""
    from portal.accounts import actions
    from portal.accounts.models import Person

    if s.scalar(select(func.count()).select_from(Person)):
        return []
    made = []
    for login, name, role in FIRST_ACCOUNTS:
        password = random_password()
        actions.add_person(s, SYSTEM, name=name, login=login, role=role, password=password, everywhere=role != "viewer")
        made.append(NewAccount(login, role, password))
    return made
