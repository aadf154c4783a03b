"""Pure rules of contact persons: what must be written, how an e-mail address and a telephone number look, how long data are
kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

SOON = timedelta(days=14)
"""How long before the day of deletion somebody is told of it."""
MOST_YEARS = 5
"""The day of deletion lies at most so many years ahead; who still needs the contact then prolongs it and says why."""
EMAIL = re.compile(r"[^@\s<>\"(),:;]+@[^@\s<>\"(),:;.]+(\.[^@\s<>\"(),:;.]+)+")
PHONE = re.compile(r"\+?[0-9 ()/.\-]+(,? ?(ext\.?|linka|kl\.|l\.) ?[0-9]{1,6})?", re.IGNORECASE | re.ASCII)
LEAST_DIGITS, MOST_DIGITS = 5, 20


def problems(values: Mapping[str, object], today: date) -> dict[str, str]:
    """{unit: code} of each rule the values break; `name` and `purpose` are pairs, `delete_on` a day."""
    found = {}
    if not values.get("name"):
        found["name"] = "name_missing"
    if not values.get("purpose"):
        found["purpose"] = "purpose_missing"
    if values.get("email") and not EMAIL.fullmatch(str(values["email"])):
        found["email"] = "email_wrong"
    if values.get("phone") and not is_phone(str(values["phone"])):
        found["phone"] = "phone_wrong"
    if problem := day_problem(values.get("delete_on"), today):
        found["delete_on"] = problem
    return found


def day_problem(day: object, today: date) -> str | None:
    """The code of what is wrong with a day of deletion, or None."""
    if not isinstance(day, date):
        return "delete_on_missing"
    if day <= today:
        return "delete_on_past"
    return "delete_on_far" if day > last_day(today) else None


def last_day(today: date) -> date:
    """The latest day of deletion that may be chosen on a day."""
    leap = (today.month, today.day) == (2, 29)
    return today.replace(year=today.year + MOST_YEARS, day=28 if leap else today.day)


def is_phone(text: str) -> bool:
    """Whether it can be a telephone number: digits with the usual marks between them, a plus before, an extension behind."""
    return PHONE.fullmatch(text) is not None and LEAST_DIGITS <= sum(ch.isdigit() for ch in text) <= MOST_DIGITS


def is_due_soon(day: date | None, today: date) -> bool:
    """Whether the data are deleted within the days of `SOON`."""
    return day is not None and day <= today + SOON
