"""The accounts a portal without people gets at its first start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from portal.accounts import queries
from portal.accounts.actions.passwords import Hashed, hashed, random_password
from portal.accounts.actions.people import add_person
from portal.kernel.permission import SYSTEM

FIRST = (
    ("spravce", "Správce portálu", "administrator"),
    ("editor", "Editor", "editor"),
    ("zpravy", "Referent pro zprávy", "reporting_officer"),
    ("vedeni", "Vedení", "viewer"),
)
"""Login, name and role. They name offices, not persons."""


@dataclass(frozen=True)
class Draft:
    """An account to be made, with the only copy of its password."""

    login: str
    name: str
    role: str
    password: str = field(repr=False)
    hashed: Hashed = field(repr=False)


def draft_accounts() -> list[Draft]:
    """One administrator, editor, reporting officer and viewer with random passwords. Slow: not while writing."""
    made = []
    for login, name, role in FIRST:
        password = random_password()
        made.append(Draft(login, name, role, password, hashed(password, login)))
    return made


def found_accounts(s: Session, drafts: Sequence[Draft] | None = None) -> list[Draft]:
    """Make the first accounts if nobody has one yet, else nothing. Returns the accounts made now.

    All but the viewer write everywhere. Without `drafts` they are made here, which is slow.
    """
    if queries.anybody(s):
        return []
    drafts = draft_accounts() if drafts is None else drafts
    for draft in drafts:
        add_person(
            s, SYSTEM, login=draft.login, name=draft.name, role=draft.role, password=draft.hashed,
            everywhere=draft.role != "viewer",
        )  # fmt: skip
    return list(drafts)
