"""What is asked about people: who is signed in, what they may write in, lists for the administrator."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, func, literal, or_, select
from sqlalchemy.orm import Session, aliased, contains_eager

from portal.accounts import policy  # noqa: F401  declares the permissions
from portal.accounts.models import Person, PersonFramework, SecurityEntry, SignIn, SignInAttempt
from portal.accounts.rules import WINDOW, fold_login, login_hash, token_hash
from portal.kernel import clock
from portal.kernel.db import Base
from portal.kernel.errors import NotFound
from portal.kernel.permission import Actor, need, open_to, visible_to
from portal.kernel.record import Record, RecordReader

ADMINISTRATOR = "administrator"


def visit(s: Session, token: str, idle: timedelta, longest: timedelta) -> SignIn | None:
    """The open session of a token with its person, or None: unknown, ended, run out, or the person is disabled."""
    now = clock.present()
    return s.scalar(
        select(SignIn)
        .join(SignIn.person)
        .options(contains_eager(SignIn.person))
        .where(
            SignIn.token_hash == token_hash(token),
            SignIn.ended_at.is_(None),
            SignIn.seen_at > now - idle,
            SignIn.started_at > now - longest,
            Person.active.is_(True),
        )
    )


def actor_of(s: Session, person: Person) -> Actor:
    """The rights of a person as they are now. At most one query."""
    return Actor(
        person_id=person.id,
        name=person.name,
        role=person.role,
        everywhere=person.everywhere,
        framework_ids=frozenset() if person.role == "viewer" else _frameworks_with_descendants(s, person.id),
    )


def _frameworks_with_descendants(s: Session, person_id: int) -> frozenset[int]:
    """The frameworks given to a person and all below them. Accounts lie below frameworks: the tree is read by the name of
    its table, `framework.parent_id`."""
    tree = Base.metadata.tables["framework"]
    mine = (
        select(PersonFramework.framework_id.label("id"))
        .where(PersonFramework.person_id == person_id)
        .cte(recursive=True)
    )
    below = mine.union(select(tree.c.id).join(mine, tree.c.parent_id == mine.c.id))
    return frozenset(s.scalars(select(below.c.id)))


def person(s: Session, actor: Actor, person_id: int, *, locked: bool = False) -> Person:
    """One person, for the administrator or the person alone; `locked` until the transaction ends, as stored now.
    NotFound, Forbidden."""
    if person_id != actor.person_id:
        need(actor, "people.manage")
    if locked:
        # In one order with `other_administrator`, which may be asked next, so that two edits never wait for each other.
        administrators = and_(Person.role == ADMINISTRATOR, Person.active.is_(True))
        rows = select(Person.id).where(or_(Person.id == person_id, administrators)).order_by(Person.id)
        s.execute(rows.with_for_update()).all()
    found = s.get(Person, person_id, populate_existing=locked)
    if found is None:
        raise NotFound("person", id=person_id)
    return found


def person_by_login(s: Session, login: str) -> Person:
    """The person of a login, however it is written. NotFound. For the command line, which asks as nobody."""
    found = s.scalar(select(Person).where(Person.login == fold_login(login)))
    if found is None:
        raise NotFound("person", login=login)
    return found


def login_taken(s: Session, login: str) -> bool:
    """Whether somebody has this login."""
    return s.scalar(select(Person.id).where(Person.login == fold_login(login))) is not None


def anybody(s: Session) -> bool:
    """Whether there is any account yet."""
    return s.scalar(select(Person.id).limit(1)) is not None


def people(s: Session, actor: Actor) -> list[tuple[Person, datetime | None, int]]:
    """All people by name, the disabled last: (person, last use of a session, number of frameworks given)."""
    need(actor, "people.manage")
    seen = select(func.max(SignIn.seen_at)).where(SignIn.person_id == Person.id).scalar_subquery()
    given = (
        select(func.count())
        .select_from(PersonFramework)
        .where(PersonFramework.person_id == Person.id)
        .scalar_subquery()
    )
    rows = [(row[0], row[1], row[2]) for row in s.execute(select(Person, seen, given))]
    return sorted(rows, key=lambda row: (not row[0].active, _name_key(row[0])))


def colleagues(s: Session, actor: Actor) -> list[tuple[int, str]]:
    """(id, name) of everybody who can sign in, in Czech order: for choosing who is responsible or may read."""
    need(actor, "account.own")
    return [(p.id, p.name) for p in sorted(s.scalars(select(Person).where(Person.active.is_(True))), key=_name_key)]


def names(s: Session, person_ids: Sequence[int | None]) -> dict[int, str]:
    """Names of people by id, the disabled included."""
    ids = {i for i in person_ids if i is not None}
    if not ids:
        return {}
    return {row.id: row.name for row in s.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))}


def _name_key(someone: Person) -> bytes:
    from portal.kernel.text import czech_key

    return czech_key(someone.name)


def other_administrator(s: Session, than: Person) -> bool:
    """Whether another active administrator is left. Locks the rows of all of them until the transaction ends, so that two
    administrators who demote each other at one moment cannot both succeed."""
    ids = s.scalars(
        select(Person.id)
        .where(Person.role == ADMINISTRATOR, Person.active.is_(True))
        .order_by(Person.id)
        .with_for_update(),
    ).all()
    return any(i != than.id for i in ids)


def frameworks_given(s: Session, person_id: int) -> list[int]:
    """Ids of the frameworks given to a person, as given (without descendants)."""
    return list(s.scalars(select(PersonFramework.framework_id).where(PersonFramework.person_id == person_id)))


def framework_tree(s: Session, actor: Actor, lang: str) -> list[tuple[int, str, int]]:
    """The visible frameworks as (id, name, depth from 0), each below its parent, siblings in Czech order.

    A framework whose parent the actor may not see stands at the top.
    """
    tree = Base.metadata.tables["framework"]
    order = Record.order_cs if lang == "cs" else Record.order_en
    rows = s.execute(
        select(Record.id, Record.name_cs, Record.name_en, tree.c.parent_id)
        .join(tree, tree.c.id == Record.id)
        .where(Record.kind == "framework", visible_to(actor))
        .order_by(order, Record.id)
    ).all()
    known = {row.id for row in rows}
    below: dict[int | None, list] = {}
    for row in rows:
        below.setdefault(row.parent_id if row.parent_id in known else None, []).append(row)
    found: list[tuple[int, str, int]] = []

    def walk(parent: int | None, depth: int) -> None:
        for row in below.get(parent, ()):
            name = (row.name_cs or row.name_en) if lang == "cs" else (row.name_en or row.name_cs)
            found.append((row.id, name, depth))
            walk(row.id, depth + 1)

    walk(None, 0)
    return found


def readers(s: Session, actor: Actor, record_id: int) -> list[Person]:
    """The people named for a confidential record, by name; [] when the actor may not see the record."""
    rows = s.scalars(
        select(Person)
        .join(RecordReader, RecordReader.person_id == Person.id)
        .join(Record, Record.id == RecordReader.record_id)
        .where(Record.id == record_id, open_to(actor))
    )
    return sorted(rows, key=_name_key)


def records_read_by_nobody_else(s: Session, person: Person) -> int:
    """How many confidential records only this person, of all who can sign in, is named for."""
    mine, other, somebody = aliased(RecordReader), aliased(RecordReader), aliased(Person)
    also = (
        select(literal(1))
        .select_from(other)
        .join(somebody, and_(somebody.id == other.person_id, somebody.active.is_(True)))
        .where(other.record_id == mine.record_id, other.person_id != person.id)
    )
    return s.scalar(
        select(func.count())
        .select_from(mine)
        .join(Record, Record.id == mine.record_id)
        .where(mine.person_id == person.id, Record.confidential.is_(True), ~also.exists())
    )


def security_log(s: Session, actor: Actor, person_id: int, limit: int = 20) -> list[SecurityEntry]:
    """The latest entries of the security log about one person, newest first."""
    need(actor, "people.manage")
    return list(
        s.scalars(
            select(SecurityEntry)
            .where(SecurityEntry.person_id == person_id)
            .order_by(SecurityEntry.id.desc())
            .limit(limit)
        )
    )


def rights_changed_last(s: Session, actor: Actor, person_id: int) -> tuple[str, datetime] | None:
    """(name, instant) of who changed the rights of a person last; None where nobody did."""
    need(actor, "people.manage")
    row = s.execute(
        select(Person.name, SecurityEntry.at)
        .join(Person, Person.id == SecurityEntry.actor_id)
        .where(SecurityEntry.person_id == person_id, SecurityEntry.what == "person_edited")
        .order_by(SecurityEntry.id.desc())
        .limit(1)
    ).one_or_none()
    return (row.name, row.at) if row else None


def failures(s: Session, login: str, address: str) -> tuple[list[datetime], list[datetime], list[datetime]]:
    """Times of the attempts within the window: of this login from this address, from this address, of this login."""
    since = clock.present() - WINDOW
    subject = login_hash(login)
    a = SignInAttempt
    by_address = s.execute(select(a.at, a.login_hash).where(a.address == address, a.at > since)).all()
    by_login = s.scalars(select(a.at).where(a.login_hash == subject, a.at > since)).all()
    return [at for at, who in by_address if who == subject], [at for at, _who in by_address], list(by_login)


def writers_everywhere(s: Session) -> list[int]:
    """Ids of the people who can sign in and may write everywhere."""
    may = or_(Person.role == ADMINISTRATOR, and_(Person.everywhere.is_(True), Person.role != "viewer"))
    return list(s.scalars(select(Person.id).where(Person.active.is_(True), may).order_by(Person.id)))
