"""People, their rights and passwords. Every change of rights stands in the security log."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from portal.accounts import queries
from portal.accounts.actions import log
from portal.accounts.actions.passwords import Hashed
from portal.accounts.actions.sessions import end_sessions
from portal.accounts.models import Person, PersonFramework
from portal.accounts.rules import LANGUAGES, fold_login, login_problem
from portal.kernel import clock
from portal.kernel.errors import N_, InvalidInput, Refused, Stale
from portal.kernel.permission import ROLES, Actor, need, visible_to
from portal.kernel.record import Record

LAST_ADMINISTRATOR = N_("This is the last administrator who can sign in. Give the role to somebody else first.")
LOGIN_TAKEN = N_("Somebody has this login already. Choose another.")
UNCHANGED: Any = object()


def add_person(
    s: Session, actor: Actor, *, login: str, name: str, role: str, password: Hashed | None = None,
    everywhere: bool = False, frameworks: Collection[int] = (), lang: str | None = None,
) -> Person:  # fmt: skip
    """Give somebody an account. Without a password nobody signs in with it until one is set.

    `frameworks` are ids of frameworks the actor may see; rights hold in everything below them. InvalidInput names the
    unit: login (form, taken), name, role, lang, frameworks.
    """
    need(actor, "people.manage")
    login, name = fold_login(login), name.strip()
    errors = _problems(name, role, lang)
    if problem := login_problem(login):
        errors["login"] = problem
    elif queries.login_taken(s, login):
        errors["login"] = LOGIN_TAKEN
    if errors:
        raise InvalidInput(errors)
    person = Person(
        login=login, name=name, role=role, everywhere=everywhere and role != "viewer", lang=lang, created_at=clock.present(),
        password_hash=password.value if password else None,
    )  # fmt: skip
    try:
        with s.begin_nested():
            s.add(person)
    except IntegrityError:  # somebody took the login since it was looked up
        raise InvalidInput({"login": LOGIN_TAKEN}) from None
    given = _give(s, actor, person, frameworks if role != "viewer" else ())
    log.write(s, "person_added", person, actor, role=role, everywhere=person.everywhere, frameworks=given)
    return person


def edit_person(
    s: Session, actor: Actor, person: Person, *, version: int | None = None, name: str = UNCHANGED, role: str = UNCHANGED,
    everywhere: bool = UNCHANGED, frameworks: Collection[int] = UNCHANGED, lang: str | None = UNCHANGED,
) -> Person:  # fmt: skip
    """Change a person's name, language or rights; what is not given stays. Rights hold from the next request on.

    A viewer has no rights to write, so becoming one takes them all away. Frameworks the actor may not see stay as given.
    Stale when `version` is not the present one; Refused for the last active administrator; InvalidInput as `add_person`.
    """
    need(actor, "people.manage")
    if version is not None and version != person.version:
        raise Stale(version=version)
    name = person.name if name is UNCHANGED else name.strip()
    role = person.role if role is UNCHANGED else role
    lang = person.lang if lang is UNCHANGED else lang
    if errors := _problems(name, role, lang):
        raise InvalidInput(errors)
    if person.active and person.role == "administrator" != role and not queries.other_administrator(s, person):
        raise Refused(LAST_ADMINISTRATOR)
    everywhere = (person.everywhere if everywhere is UNCHANGED else everywhere) and role != "viewer"
    before = {"role": person.role, "everywhere": person.everywhere}
    given_before = sorted(queries.frameworks_given(s, person.id))
    person.name, person.lang, person.role, person.everywhere = name, lang, role, everywhere
    if role == "viewer":
        given = _take_all(s, person)
    elif frameworks is not UNCHANGED:
        given = _give(s, actor, person, frameworks)
    else:
        given = given_before
    if given != given_before:
        flag_modified(
            person, "everywhere"
        )  # the frameworks are rows of their own; the account's version counts them too
    s.flush()
    after = {"role": role, "everywhere": everywhere}
    changes: dict[str, object] = {unit: [before[unit], after[unit]] for unit in after if before[unit] != after[unit]}
    if given != given_before:
        changes["frameworks"] = [given_before, given]
    if changes:
        log.write(s, "person_edited", person, actor, **changes)
    return person


def disable_person(s: Session, actor: Actor, person: Person) -> None:
    """Let a person sign in no more and end all their sessions at once. The name stays in history and lists.

    Refused for the last active administrator. Disabling somebody disabled changes nothing.
    """
    need(actor, "people.manage")
    if not person.active:
        return
    if person.role == "administrator" and not queries.other_administrator(s, person):
        raise Refused(LAST_ADMINISTRATOR)
    person.active, person.disabled_at = False, clock.present()
    s.flush()
    ended = end_sessions(s, person)
    log.write(s, "person_disabled", person, actor, sessions_ended=ended)


def enable_person(s: Session, actor: Actor, person: Person) -> None:
    """Let a disabled person sign in again, with the rights and the password as they were. Old sessions stay ended."""
    need(actor, "people.manage")
    if person.active:
        return
    person.active, person.disabled_at = True, None
    s.flush()
    log.write(s, "person_enabled", person, actor)


def set_password(s: Session, actor: Actor, person: Person, password: Hashed) -> None:
    """Give somebody a new password; all their sessions end."""
    need(actor, "people.manage")
    person.password_hash = password.value
    s.flush()
    ended = end_sessions(s, person)
    log.write(s, "password_set", person, actor, sessions_ended=ended)


def change_own_password(s: Session, actor: Actor, password: Hashed, *, checked: str, keep: str | None = None) -> None:
    """Change the actor's own password; the sessions end, except the one whose token hash is `keep`.

    `checked` is the hash against which the present password has just been verified. Stale when it is kept no more.
    """
    need(actor, "account.own")
    person = s.get_one(Person, actor.person_id)
    if person.password_hash != checked:
        raise Stale()
    person.password_hash = password.value
    s.flush()
    ended = end_sessions(s, person, keep=keep)
    log.write(s, "password_changed", person, actor, sessions_ended=ended)


def choose_language(s: Session, actor: Actor, lang: str | None) -> None:
    """Set the language in which the actor's pages open (None: the portal's own)."""
    need(actor, "account.own")
    if lang not in (None, *LANGUAGES):
        raise InvalidInput({"lang": N_("Choose one of the values of the list.")})
    s.get_one(Person, actor.person_id).lang = lang
    s.flush()


def _problems(name: str, role: str, lang: str | None) -> dict[str, object]:
    errors: dict[str, object] = {}
    if not name:
        errors["name"] = N_("Fill this in.")
    elif len(name) > 200:
        errors["name"] = N_("A name has at most 200 characters.")
    if role not in ROLES:
        errors["role"] = N_("Choose one of the values of the list.")
    if lang not in (None, *LANGUAGES):
        errors["lang"] = N_("Choose one of the values of the list.")
    return errors


def _give(s: Session, actor: Actor, person: Person, frameworks: Collection[int]) -> list[int]:
    """Let the person write in exactly `frameworks`, of those the actor may see. Returns all that are given now."""
    visible = select(Record.id).where(Record.kind == "framework", visible_to(actor))
    wanted = set(frameworks)
    if wanted - set(s.scalars(visible.where(Record.id.in_(wanted)))):
        raise InvalidInput({"frameworks": N_("Choose only records of the list.")})
    have = {given.framework_id: given for given in person.frameworks}
    replaced = set(s.scalars(visible.where(Record.id.in_(have.keys()))))
    person.frameworks = [given for i, given in have.items() if i not in replaced - wanted]
    person.frameworks += [PersonFramework(framework_id=i) for i in sorted(wanted - have.keys())]
    s.flush()
    return sorted(given.framework_id for given in person.frameworks)


def _take_all(s: Session, person: Person) -> list[int]:
    person.frameworks = []
    s.flush()
    return []
