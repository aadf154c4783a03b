"""Who is named for a confidential record."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts import actions, queries
from portal.accounts.models import Person, SecurityEntry
from portal.kernel.errors import Forbidden, NotFound, Refused
from portal.kernel.permission import SYSTEM, sees
from tests.factories import accounts, frameworks


def person_of(s: Session, actor) -> Person:
    return s.get_one(Person, actor.person_id)


def test_nobody_sees_a_confidential_record_until_named_not_even_an_administrator(s: Session) -> None:
    secret = frameworks.framework(s, "Důvěrné jednání", confidential=True)
    boss, editor = accounts.actor(s, "administrator"), accounts.actor(s, "editor", everywhere=True)
    assert not sees(s, boss, secret.id)
    actions.name_reader(s, SYSTEM, secret, person_of(s, boss))
    assert sees(s, boss, secret.id)
    assert not sees(s, editor, secret.id)


def test_naming_and_unnaming_stand_in_the_security_log_and_naming_twice_once(s: Session) -> None:
    secret = frameworks.framework(s, "Důvěrné jednání", confidential=True)
    boss, jana = accounts.actor(s, "administrator"), accounts.person(s)
    actions.name_reader(s, SYSTEM, secret, person_of(s, boss))
    actions.name_reader(s, boss, secret, jana)
    actions.name_reader(s, boss, secret, jana)
    actions.unname_reader(s, boss, secret, jana)
    actions.unname_reader(s, boss, secret, jana)
    entries = s.execute(
        select(SecurityEntry.what, SecurityEntry.actor_id, SecurityEntry.detail)
        .where(SecurityEntry.person_id == jana.id, SecurityEntry.what != "person_added")
        .order_by(SecurityEntry.id)
    ).all()
    detail = f'{{"record": {secret.id}}}'
    assert [tuple(e) for e in entries] == [
        ("reader_named", boss.person_id, detail),
        ("reader_unnamed", boss.person_id, detail),
    ]


def test_who_may_not_see_a_record_can_name_nobody_for_it(s: Session) -> None:
    secret = frameworks.framework(s, "Důvěrné jednání", confidential=True)
    boss = accounts.actor(s, "administrator")
    with pytest.raises(NotFound):
        actions.name_reader(s, boss, secret, person_of(s, boss))
    assert queries.readers(s, boss, secret.id) == []


def test_a_reader_who_may_not_write_there_can_name_nobody(s: Session) -> None:
    secret = frameworks.framework(s, "Důvěrné jednání", confidential=True)
    other = frameworks.framework(s, "Jiný")
    for role, given in (("viewer", []), ("editor", [other.id])):
        who = accounts.actor(s, role, frameworks=given)
        actions.name_reader(s, SYSTEM, secret, person_of(s, who))
        with pytest.raises(Forbidden):
            actions.name_reader(s, who, secret, accounts.person(s))


def test_an_editor_of_the_framework_names_a_colleague(s: Session) -> None:
    secret = frameworks.framework(s, "Důvěrné jednání", confidential=True)
    who, jana = accounts.actor(s, "editor", frameworks=[secret.id]), accounts.person(s, name="Jana")
    actions.name_reader(s, SYSTEM, secret, person_of(s, who))
    actions.name_reader(s, who, secret, jana)
    assert [reader.id for reader in queries.readers(s, who, secret.id)] == [who.person_id, jana.id]


def test_the_last_reader_who_can_sign_in_stays(s: Session) -> None:
    secret = frameworks.framework(s, "Důvěrné jednání", confidential=True)
    boss, gone = accounts.actor(s, "administrator"), accounts.person(s)
    for someone in (person_of(s, boss), gone):
        actions.name_reader(s, SYSTEM, secret, someone)
    assert queries.records_read_by_nobody_else(s, person_of(s, boss)) == 0
    actions.disable_person(s, SYSTEM, gone)
    assert queries.records_read_by_nobody_else(s, person_of(s, boss)) == 1
    with pytest.raises(Refused, match="at least one person"):
        actions.unname_reader(s, boss, secret, person_of(s, boss))


def test_a_disabled_person_cannot_be_named(s: Session) -> None:
    secret, gone = frameworks.framework(s, "Důvěrné jednání", confidential=True), accounts.person(s)
    actions.disable_person(s, SYSTEM, gone)
    with pytest.raises(Refused, match="disabled"):
        actions.name_reader(s, SYSTEM, secret, gone)


def test_whoever_makes_a_record_confidential_is_named_for_it_unless_somebody_is(s: Session) -> None:
    one = frameworks.framework(s, "Důvěrné jednání", confidential=True)
    editor, colleague = accounts.actor(s, "editor", everywhere=True), accounts.actor(s, "editor", everywhere=True)
    actions.keep_confidential(s, editor, one)
    assert sees(s, editor, one.id)
    actions.keep_confidential(s, colleague, one)
    assert not sees(s, colleague, one.id)
    open_one = frameworks.framework(s, "Veřejný")
    actions.keep_confidential(s, editor, open_one)
    assert queries.readers(s, editor, open_one.id) == []
