"""What a contact person must be: its purpose, a day of deletion ahead, an address that can be one."""

from __future__ import annotations

from datetime import date

import pytest

from portal.contacts.rules import day_problem, is_due_soon, is_phone, last_day, problems
from portal.sources.facts import NOTHING, Pair

TODAY = date(2026, 11, 29)
RIGHT = {"name": Pair("Anna", ""), "purpose": Pair("", "Coordination"), "delete_on": date(2027, 1, 1)}


def test_a_name_a_purpose_and_a_day_are_asked() -> None:
    assert problems(RIGHT, TODAY) == {}
    assert problems({"name": NOTHING, "purpose": None}, TODAY) == {
        "name": "name_missing", "purpose": "purpose_missing", "delete_on": "delete_on_missing",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("day", "problem"),
    [
        (date(2026, 11, 28), "delete_on_past"),
        (TODAY, "delete_on_past"),
        (date(2026, 11, 30), None),
        (date(2031, 11, 29), None),
        (date(2031, 11, 30), "delete_on_far"),
    ],
)
def test_the_day_of_deletion_lies_ahead_and_within_five_years(day: date, problem: str | None) -> None:
    assert day_problem(day, TODAY) == problem


def test_five_years_after_a_leap_day_is_the_last_of_february() -> None:
    assert last_day(date(2028, 2, 29)) == date(2033, 2, 28)


def test_a_contact_is_due_soon_from_two_weeks_before_its_day() -> None:
    assert is_due_soon(date(2026, 12, 13), TODAY) and not is_due_soon(date(2026, 12, 14), TODAY)
    assert not is_due_soon(None, TODAY)


@pytest.mark.parametrize(
    "text", ["+420 974 811 111", "(0043) 1/504-46 77", "974811111", "+420 974 811 111, linka 12", "12345 ext. 7"]
)
def test_telephone_numbers_are_taken_as_people_write_them(text: str) -> None:
    assert is_phone(text)


@pytest.mark.parametrize("text", ["zavolejte", "1234", "+420 974 811 111 a 112", "1" * 21, "٣٤٥٦٧٨٩", "974+811111"])
def test_what_cannot_be_dialled_is_no_telephone_number(text: str) -> None:
    assert not is_phone(text)
    assert problems({**RIGHT, "phone": text}, TODAY) == {"phone": "phone_wrong"}


@pytest.mark.parametrize(
    ("text", "fine"), [("a.b@mvcr.cz", True), ("a@mvcr", False), ("a b@mvcr.cz", False), ("@x.cz", False)]
)
def test_an_e_mail_address_has_a_name_and_a_domain(text: str, fine: bool) -> None:
    assert problems({**RIGHT, "email": text}, TODAY) == ({} if fine else {"email": "email_wrong"})
