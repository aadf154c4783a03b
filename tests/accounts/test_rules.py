"""Logins, passwords, how long to wait: rules without a database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from portal.accounts.rules import (
    PER_LOGIN_AND_ADDRESS,
    fold_login,
    login_hash,
    login_problem,
    password_problem,
    token_hash,
    wait,
)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_a_login_is_trimmed_and_small() -> None:
    assert fold_login("  Jana.Novotna ") == "jana.novotna"


@pytest.mark.parametrize("login", ["jn", "jana.novotna", "j_n@mv.example", "7a", "a" * 120])
def test_these_are_logins(login: str) -> None:
    assert login_problem(login) is None


@pytest.mark.parametrize("login", ["", "j", "jána", "jana novotná", ".jana", "Jana", "jana\n", "a" * 121, "jana;--"])
def test_these_are_no_logins(login: str) -> None:
    assert login_problem(login)


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("krátké", "at least 12"),
        ("x" * 201, "at most 200"),
        ("aaaaaaaaaaaaaa", "easy to guess"),
        ("moje jana.nova heslo", "must not contain the login"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(password: str, says: str) -> None:
    assert says in (password_problem(password, "jana.nova") or "")


@pytest.mark.parametrize("password", ["dvanáct znaků", "correct horse battery", "ěščřžýáíéůú!"])
def test_length_counts_and_diacritics_are_welcome(password: str) -> None:
    assert password_problem(password, "jana") is None


def test_twelve_characters_are_counted_as_people_see_them() -> None:
    assert (
        password_problem("a\u030cs\u030cc\u030cr\u030cz\u030cy\u0301abcde") is not None
    )  # eleven letters, not seventeen


def test_nobody_has_to_wait_before_the_fifth_failure() -> None:
    assert wait([NOON] * (PER_LOGIN_AND_ADDRESS - 1), PER_LOGIN_AND_ADDRESS, NOON) is None


def test_after_five_failures_the_wait_ends_a_quarter_of_an_hour_after_the_oldest_of_them() -> None:
    failures = [NOON - timedelta(minutes=m) for m in (14, 10, 5, 2, 1)]
    assert wait(failures, 5, NOON) == timedelta(minutes=1)


def test_more_failures_than_the_limit_wait_for_as_many_to_age() -> None:
    failures = [NOON - timedelta(minutes=m) for m in (14, 10, 5, 2, 1, 0)]
    assert wait(failures, 5, NOON) == timedelta(minutes=5)


def test_a_token_and_a_login_are_kept_only_as_hashes() -> None:
    assert token_hash("a") == "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
    assert login_hash(" Jana ") == login_hash("jana") != token_hash("jana")
