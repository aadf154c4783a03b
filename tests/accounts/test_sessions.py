"""Signing in, sessions that run out, and how often one may guess."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.accounts import actions, queries
from portal.accounts.models import SecurityEntry, SignIn, SignInAttempt
from portal.accounts.rules import PER_ADDRESS, PER_LOGIN, token_hash
from portal.kernel import clock
from portal.kernel.permission import SYSTEM
from tests.factories import accounts

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
IDLE, LONGEST = timedelta(hours=2), timedelta(hours=12)


def at(**after: float):
    return clock.stopped_at(NOON + timedelta(**after))


def log(s: Session) -> list[str]:
    return list(s.scalars(select(SecurityEntry.what).order_by(SecurityEntry.id)))


def test_the_right_password_opens_a_session_whose_token_is_kept_as_a_hash(s: Session) -> None:
    jana = accounts.person(s, login="jana")
    admission = actions.admit(s, " JANA ", "10.0.0.1")
    assert actions.matches(admission.password_hash, accounts.PASSWORD)
    token = actions.sign_in(s, admission)
    assert len(token) == 43  # 256 bits in base64
    kept = s.scalars(select(SignIn)).one()
    assert (kept.person_id, kept.token_hash, kept.ended_at) == (jana.id, token_hash(token), None)
    assert queries.visit(s, token, IDLE, LONGEST).person is jana
    assert queries.visit(s, token_hash(token), IDLE, LONGEST) is None  # what the database holds opens nothing
    assert log(s)[-1] == "signed_in"


@pytest.mark.parametrize("login", ["nikdo", "", "x" * 5000, "' OR 1=1 --"])
def test_an_unknown_login_is_admitted_without_a_hash_and_left_in_no_log(s: Session, login: str) -> None:
    admission = actions.admit(s, login, "10.0.0.1")
    assert (admission.person_id, admission.password_hash, admission.wait) == (None, None, None)
    assert actions.matches(admission.password_hash, "whatever it is") is False
    actions.refuse(s, admission)
    entry = s.scalars(select(SecurityEntry).where(SecurityEntry.what == "sign_in_failed")).one()
    assert (entry.person_id, entry.login) == (None, None)
    assert entry.detail == '{"address": "10.0.0.1", "reason": "unknown_login"}'


def test_a_disabled_person_is_not_let_in_by_the_right_password(s: Session) -> None:
    jana = accounts.person(s, login="jana")
    actions.disable_person(s, SYSTEM, jana)
    admission = actions.admit(s, "jana", "10.0.0.1")
    assert admission.password_hash is None
    assert actions.sign_in(s, admission) is None


def test_a_person_disabled_while_the_password_was_checked_is_not_let_in(s: Session) -> None:
    jana = accounts.person(s, login="jana")
    admission = actions.admit(s, "jana", "10.0.0.1")
    actions.disable_person(s, SYSTEM, jana)
    assert actions.sign_in(s, admission) is None
    assert s.scalar(select(func.count()).select_from(SignIn)) == 0


def test_a_password_changed_while_it_was_checked_lets_nobody_in(s: Session) -> None:
    jana = accounts.person(s, login="jana")
    admission = actions.admit(s, "jana", "10.0.0.1")
    actions.set_password(s, SYSTEM, jana, accounts.hashed("úplně jiné heslo"))
    assert actions.sign_in(s, admission) is None


def test_a_hash_of_outdated_parameters_is_made_anew_at_sign_in(s: Session) -> None:
    jana = accounts.person(s, login="jana")
    assert actions.outdated(jana.password_hash)
    admission = actions.admit(s, "jana", "10.0.0.1")
    actions.sign_in(s, admission, actions.renewed(accounts.PASSWORD))
    assert not actions.outdated(jana.password_hash)
    assert actions.matches(jana.password_hash, accounts.PASSWORD)


def test_composed_and_decomposed_letters_are_one_password() -> None:
    kept = accounts.hashed("pět žlutých koní")
    assert actions.matches(kept.value, "pe\u030ct z\u030cluty\u0301ch koni\u0301")
    assert not actions.matches(kept.value, "pet zlutych koni")


def test_a_session_runs_out_without_use(s: Session) -> None:
    with at():
        token = accounts.session_of(s, accounts.person(s))
    with at(minutes=119):
        assert queries.visit(s, token, IDLE, LONGEST) is not None
    with at(minutes=120):
        assert queries.visit(s, token, IDLE, LONGEST) is None


def test_a_session_in_use_runs_out_in_the_end(s: Session) -> None:
    with at():
        token = accounts.session_of(s, accounts.person(s))
    for hour in range(1, 12):
        with at(hours=hour):
            assert queries.visit(s, token, IDLE, LONGEST) is not None
            assert actions.touch_session(s, token_hash(token))
    with at(hours=11, minutes=59):
        assert queries.visit(s, token, IDLE, LONGEST) is not None
    with at(hours=12):
        assert queries.visit(s, token, IDLE, LONGEST) is None


def test_a_session_is_touched_at_most_once_a_minute(s: Session) -> None:
    with at():
        key = token_hash(accounts.session_of(s, accounts.person(s)))
    touched = []
    for seconds in (0, 30, 59, 60, 61, 119, 120):
        with at(seconds=seconds):
            touched.append(actions.touch_session(s, key))
    assert touched == [False, False, False, True, False, False, True]


def test_sign_out_ends_the_session_for_every_copy_of_the_cookie(s: Session) -> None:
    jana = accounts.person(s)
    token, other = accounts.session_of(s, jana), accounts.session_of(s, jana)
    actions.sign_out(s, token)
    assert queries.visit(s, token, IDLE, LONGEST) is None
    assert queries.visit(s, other, IDLE, LONGEST) is not None
    assert not actions.touch_session(s, token_hash(token))
    actions.sign_out(s, token)  # again changes nothing
    actions.sign_out(s, "no such token")
    assert log(s).count("signed_out") == 1


def test_a_new_session_takes_the_place_of_the_one_the_browser_had(s: Session) -> None:
    jana = accounts.person(s)
    before = accounts.session_of(s, jana)
    after = actions.sign_in(s, actions.admit(s, jana.login, "10.0.0.1"), ends=before)
    assert after != before
    assert queries.visit(s, before, IDLE, LONGEST) is None


def test_old_sessions_of_a_person_are_forgotten_after_a_month(s: Session) -> None:
    jana, petr = accounts.person(s), accounts.person(s)
    with at(days=-31):
        accounts.session_of(s, jana), accounts.session_of(s, petr)
    with at():
        accounts.session_of(s, jana)
    assert s.scalars(select(SignIn.person_id).order_by(SignIn.person_id)).all() == [jana.id, petr.id]


def fail(s: Session, login: str, address: str) -> timedelta | None:
    """One failed attempt; how long it was told to wait."""
    admission = actions.admit(s, login, address)
    if admission.wait is None:
        actions.refuse(s, admission)
    return admission.wait


def test_the_sixth_attempt_within_a_quarter_of_an_hour_waits_and_the_log_says_so_once(s: Session) -> None:
    accounts.person(s, login="jana")
    for minute in range(5):
        with at(minutes=minute):
            assert fail(s, "jana", "10.0.0.1") is None
    with at(minutes=5):
        assert fail(s, "jana", "10.0.0.1") == timedelta(minutes=10)
        assert fail(s, "Jana ", "10.0.0.1") == timedelta(minutes=10)  # written differently, the same login
        assert fail(s, "jana", "10.0.0.2") is None  # another address may try
        assert fail(s, "petr", "10.0.0.1") is None  # and another login from the same office
    assert log(s).count("sign_in_blocked") == 1
    with at(minutes=15):
        assert fail(s, "jana", "10.0.0.1") is None


def test_an_attempt_refused_unheard_does_not_prolong_the_wait(s: Session) -> None:
    with at():
        for _ in range(5):
            fail(s, "jana", "10.0.0.1")
        before = s.scalar(select(func.count()).select_from(SignInAttempt))
        for _ in range(20):
            assert fail(s, "jana", "10.0.0.1") == timedelta(minutes=15)
        assert s.scalar(select(func.count()).select_from(SignInAttempt)) == before == 5


def test_the_right_password_forgets_the_typos_before_it(s: Session) -> None:
    jana = accounts.person(s, login="jana")
    for _ in range(4):
        fail(s, "jana", "10.0.0.1")
    assert actions.sign_in(s, actions.admit(s, jana.login, "10.0.0.1"))
    assert s.scalar(select(func.count()).select_from(SignInAttempt)) == 0


def test_one_address_may_not_try_many_logins(s: Session) -> None:
    with at():
        waits = [fail(s, f"login{n}", "10.0.0.1") for n in range(PER_ADDRESS + 1)]
        assert waits == [None] * PER_ADDRESS + [timedelta(minutes=15)]
        assert fail(s, "jana", "10.0.0.2") is None


def test_one_login_may_not_be_tried_from_many_addresses(s: Session) -> None:
    with at():
        waits = [fail(s, "jana", f"10.0.{n // 4}.{n % 4}") for n in range(PER_LOGIN + 1)]
        assert waits == [None] * PER_LOGIN + [timedelta(minutes=15)]


def test_attempts_are_deleted_when_they_no_longer_count(s: Session) -> None:
    with at():
        fail(s, "jana", "10.0.0.1")
    with at(minutes=15):
        fail(s, "petr", "10.0.0.1")
    assert s.scalar(select(func.count()).select_from(SignInAttempt)) == 1


def test_an_unknown_login_costs_the_same_work_as_a_wrong_password(s: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    from portal.accounts.actions import passwords

    asked: list[str] = []
    verify = type(passwords.HASHER).verify

    def watched(self, kept, password):
        asked.append(kept.split("$")[3])
        return verify(self, kept, password)

    monkeypatch.setattr(type(passwords.HASHER), "verify", watched)
    real = passwords.hashed("dost dlouhé heslo")
    assert not actions.matches(real.value, "jiné dlouhé heslo")
    assert not actions.matches(None, "jiné dlouhé heslo")
    assert asked == ["m=65536,t=3,p=4"] * 2


def test_a_spoilt_hash_lets_nobody_in() -> None:
    assert not actions.matches("no hash at all", accounts.PASSWORD)
