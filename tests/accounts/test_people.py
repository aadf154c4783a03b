"""People and their rights: who may change them, what is refused, what stands in the security log."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts import actions, queries
from portal.accounts.models import Person, SecurityEntry, SignIn
from portal.kernel import clock
from portal.kernel.errors import Forbidden, InvalidInput, Refused, Stale
from portal.kernel.permission import SYSTEM
from tests.factories import accounts, frameworks


def log_of(s: Session, someone: Person) -> list[tuple[str, dict]]:
    entries = s.scalars(select(SecurityEntry).where(SecurityEntry.person_id == someone.id).order_by(SecurityEntry.id))
    return [(e.what, json.loads(e.detail or "{}")) for e in entries]


def test_an_added_person_has_the_rights_given_and_the_log_says_who_gave_them(s: Session) -> None:
    boss, panel = accounts.administrator(s), frameworks.framework(s, "Panel")
    jana = actions.add_person(
        s,
        boss,
        login=" Jana.Nova ",
        name=" Jana Nová ",
        role="editor",
        password=accounts.hashed(),
        frameworks=[panel.id],
    )
    assert (jana.login, jana.name, jana.role, jana.everywhere, jana.active) == (
        "jana.nova",
        "Jana Nová",
        "editor",
        False,
        True,
    )
    assert log_of(s, jana) == [("person_added", {"everywhere": False, "frameworks": [panel.id], "role": "editor"})]
    assert s.scalar(select(SecurityEntry.actor_id).where(SecurityEntry.person_id == jana.id)) == boss.person_id


def test_the_password_is_kept_as_a_hash_only(s: Session) -> None:
    jana = accounts.person(s, "viewer")
    assert accounts.PASSWORD not in (jana.password_hash or "")
    assert (jana.password_hash or "").startswith("$argon2id$")


def test_what_is_wrong_with_a_new_account_is_said_all_at_once(s: Session) -> None:
    accounts.person(s, login="petr")
    with pytest.raises(InvalidInput) as refused:
        actions.add_person(s, SYSTEM, login="Petr", name=" ", role="king", lang="pl")
    assert set(refused.value.errors) == {"login", "name", "role", "lang"}
    assert "already" in refused.value.errors["login"]


def test_a_framework_that_does_not_exist_cannot_be_given(s: Session) -> None:
    with pytest.raises(InvalidInput) as refused:
        accounts.person(s, "editor", frameworks=[999_999])
    assert set(refused.value.errors) == {"frameworks"}


@pytest.mark.parametrize("role", ["viewer", "editor", "reporting_officer"])
def test_only_an_administrator_changes_people(s: Session, role: str) -> None:
    who, other = accounts.actor(s, role, everywhere=True), accounts.person(s)
    for attempt in (
        lambda: actions.add_person(s, who, login="novy", name="Nový", role="viewer"),
        lambda: actions.edit_person(s, who, other, role="administrator"),
        lambda: actions.disable_person(s, who, other),
        lambda: actions.enable_person(s, who, other),
        lambda: actions.set_password(s, who, other, accounts.hashed()),
        lambda: queries.people(s, who),
        lambda: queries.person(s, who, other.id),
        lambda: queries.security_log(s, who, other.id),
    ):
        with pytest.raises(Forbidden):
            attempt()


def test_everybody_may_see_their_own_account(s: Session) -> None:
    me = accounts.person(s, "viewer")
    assert queries.person(s, queries.actor_of(s, me), me.id) is me


def test_changed_rights_stand_in_the_log_as_before_and_after(s: Session) -> None:
    boss, one, two = accounts.administrator(s), frameworks.framework(s, "A"), frameworks.framework(s, "B")
    jana = accounts.person(s, "editor", frameworks=[one.id])
    actions.edit_person(s, boss, jana, role="reporting_officer", everywhere=True, frameworks=[two.id])
    assert log_of(s, jana)[-1] == (
        "person_edited",
        {"everywhere": [False, True], "frameworks": [[one.id], [two.id]], "role": ["editor", "reporting_officer"]},
    )


def test_a_new_name_alone_is_no_change_of_rights(s: Session) -> None:
    jana = accounts.person(s)
    actions.edit_person(s, SYSTEM, jana, name="Jana Svobodová")
    assert jana.name == "Jana Svobodová"
    assert [what for what, _ in log_of(s, jana)] == ["person_added"]


def test_whoever_becomes_a_viewer_loses_every_right_to_write(s: Session) -> None:
    jana = accounts.person(s, "editor", everywhere=True, frameworks=[frameworks.framework(s, "A").id])
    actions.edit_person(s, SYSTEM, jana, role="viewer")
    assert (jana.everywhere, queries.frameworks_given(s, jana.id)) == (False, [])


def test_an_edit_based_on_an_older_state_is_stale(s: Session) -> None:
    jana, seen = (someone := accounts.person(s, "editor")), someone.version
    actions.edit_person(s, SYSTEM, jana, version=seen, frameworks=[frameworks.framework(s, "A").id])
    assert jana.version == seen + 1  # frameworks alone count as a change of the account
    with pytest.raises(Stale):
        actions.edit_person(s, SYSTEM, jana, version=seen, role="viewer")


def test_frameworks_the_administrator_may_not_see_stay_given(s: Session) -> None:
    boss = accounts.administrator(s)
    hidden, seen = frameworks.framework(s, "Důvěrný", confidential=True), frameworks.framework(s, "A")
    jana = accounts.person(s, "editor", frameworks=[hidden.id, seen.id])
    assert [row[0] for row in queries.framework_tree(s, boss, "cs")] == [seen.id]
    actions.edit_person(s, boss, jana, frameworks=[])
    assert queries.frameworks_given(s, jana.id) == [hidden.id]
    with pytest.raises(InvalidInput):
        actions.edit_person(s, boss, jana, frameworks=[hidden.id])


def test_the_last_active_administrator_can_be_neither_disabled_nor_demoted(s: Session) -> None:
    last = accounts.person(s, "administrator")
    former = accounts.person(s, "administrator")
    actions.disable_person(s, SYSTEM, former)
    with pytest.raises(Refused, match="last administrator"):
        actions.disable_person(s, SYSTEM, last)
    with pytest.raises(Refused, match="last administrator"):
        actions.edit_person(s, SYSTEM, last, role="editor")
    assert (last.role, last.active) == ("administrator", True)
    actions.enable_person(s, SYSTEM, former)
    actions.edit_person(s, SYSTEM, last, role="editor")
    assert last.role == "editor"


def test_disabling_ends_every_open_session_at_once(s: Session) -> None:
    jana, petr = accounts.person(s), accounts.person(s)
    tokens = [accounts.session_of(s, jana), accounts.session_of(s, jana)]
    other = accounts.session_of(s, petr)
    actions.disable_person(s, SYSTEM, jana)
    idle, longest = timedelta(hours=1), timedelta(hours=12)
    assert [queries.visit(s, token, idle, longest) for token in tokens] == [None, None]
    assert queries.visit(s, other, idle, longest).person is petr
    assert log_of(s, jana)[-1] == ("person_disabled", {"sessions_ended": 2})
    assert jana.disabled_at is not None


def test_enabling_gives_back_the_account_but_not_the_sessions(s: Session) -> None:
    jana = accounts.person(s)
    token = accounts.session_of(s, jana)
    actions.disable_person(s, SYSTEM, jana)
    actions.enable_person(s, SYSTEM, jana)
    assert (jana.active, jana.disabled_at) == (True, None)
    assert queries.visit(s, token, timedelta(hours=1), timedelta(hours=12)) is None


def test_a_new_password_ends_the_sessions(s: Session) -> None:
    jana = accounts.person(s)
    accounts.session_of(s, jana)
    actions.set_password(s, SYSTEM, jana, accounts.hashed("úplně jiné heslo"))
    assert s.scalars(select(SignIn.ended_at).where(SignIn.person_id == jana.id)).one() is not None
    assert actions.matches(jana.password_hash, "úplně jiné heslo")


def test_ones_own_new_password_keeps_the_session_it_was_changed_in(s: Session) -> None:
    jana = accounts.person(s)
    here, there = accounts.session_of(s, jana), accounts.session_of(s, jana)
    who = queries.actor_of(s, jana)
    from portal.accounts.rules import token_hash

    actions.change_own_password(
        s, who, accounts.hashed("úplně jiné heslo"), checked=jana.password_hash, keep=token_hash(here)
    )
    idle, longest = timedelta(hours=1), timedelta(hours=12)
    assert queries.visit(s, here, idle, longest) is not None
    assert queries.visit(s, there, idle, longest) is None


def test_a_password_changed_since_it_was_checked_is_not_changed_again(s: Session) -> None:
    jana = accounts.person(s)
    checked = jana.password_hash
    actions.set_password(s, SYSTEM, jana, accounts.hashed("úplně jiné heslo"))
    with pytest.raises(Stale):
        actions.change_own_password(s, queries.actor_of(s, jana), accounts.hashed("a ještě jiné"), checked=checked)


def test_rights_reach_everything_below_the_frameworks_given(s: Session) -> None:
    top = frameworks.framework(s, "Pražský proces")
    middle = frameworks.framework(s, "Akční plán", parent=top)
    leaf = frameworks.framework(s, "Cílená iniciativa", parent=middle)
    beside = frameworks.framework(s, "Budapešťský proces")
    who = accounts.actor(s, "editor", frameworks=[middle.id])
    assert who.framework_ids == {middle.id, leaf.id}
    assert accounts.actor(s, "editor", frameworks=[top.id, beside.id]).framework_ids == {
        top.id,
        middle.id,
        leaf.id,
        beside.id,
    }
    assert accounts.actor(s, "editor").framework_ids == frozenset()


def test_the_tree_of_frameworks_is_in_czech_order_with_children_below_their_parent(s: Session) -> None:
    panel = frameworks.framework(s, "Chartúm")
    frameworks.framework(s, "Cíle")
    frameworks.framework(s, "Haag")
    frameworks.framework(s, "Zákony", parent=panel)
    frameworks.framework(s, "Čtvrtletí", parent=panel)
    tree = [(name, depth) for _id, name, depth in queries.framework_tree(s, SYSTEM, "cs")]
    assert tree == [("Cíle", 0), ("Haag", 0), ("Chartúm", 0), ("Čtvrtletí", 1), ("Zákony", 1)]


def test_the_list_of_people_is_in_czech_order_with_the_disabled_last(s: Session) -> None:
    boss = accounts.person(s, "administrator", name="Zdeněk Správce")
    for name in ("Hana", "Chrudoš", "Cyril", "Čeněk"):
        accounts.person(s, name=name)
    actions.disable_person(s, SYSTEM, accounts.person(s, name="Adam"))
    listed = [person.name for person, _seen, _given in queries.people(s, queries.actor_of(s, boss))]
    assert listed == ["Cyril", "Čeněk", "Hana", "Chrudoš", "Zdeněk Správce", "Adam"]
    assert "Adam" not in [name for _id, name in queries.colleagues(s, queries.actor_of(s, boss))]


def test_the_list_says_when_a_person_was_last_seen_and_in_how_many_frameworks_they_write(s: Session) -> None:
    boss = accounts.actor(s, "administrator")
    jana = accounts.person(s, "editor", frameworks=[frameworks.framework(s, n).id for n in ("A", "B")])
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    with clock.stopped_at(noon):
        accounts.session_of(s, jana)
    rows = {person.id: (seen, given) for person, seen, given in queries.people(s, boss)}
    assert rows[jana.id] == (noon, 2)
    assert rows[boss.person_id] == (None, 0)


def test_the_first_accounts_are_made_once_and_their_passwords_work(s: Session) -> None:
    drafts = actions.draft_accounts()
    made = actions.found_accounts(s, drafts)
    roles = {one.login: (one.role, one.everywhere) for one in s.scalars(select(Person))}
    assert roles == {
        "spravce": ("administrator", True),
        "editor": ("editor", True),
        "zpravy": ("reporting_officer", True),
        "vedeni": ("viewer", False),
    }
    for one in made:
        assert actions.matches(queries.person_by_login(s, one.login).password_hash, one.password)
    assert len({one.password for one in made}) == 4
    assert actions.found_accounts(s, drafts) == []
