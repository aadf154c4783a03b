"""Whom a text mentions, and what a comment must be."""

from __future__ import annotations

from datetime import date

import pytest

from portal.desk.rules import LONGEST, mentioned, mentioning, overdue, task_problems, text_problem


@pytest.mark.parametrize(
    ("text", "logins"),
    [
        ("@jana prosím o kontrolu", ["jana"]),
        ("Prosím (@jana.mala, @petr).", ["jana.mala", "petr"]),
        ("@Jana @jana", ["jana"]),
        ("jana@mvcr.cz není zmínka, a.b@c také ne", []),
        ("@@jana", []),
        ("@ jana", []),
        ("viz @jana: a @petr-n!", ["jana", "petr-n"]),
        ("řádek\n@eva", ["eva"]),
        ("@jana@mvcr.cz", ["jana@mvcr.cz"]),
    ],
)
def test_a_mention_is_an_at_sign_and_a_login_that_stands_in_no_word(text: str, logins: list[str]) -> None:
    assert mentioned(text) == logins


def test_those_chosen_in_the_list_are_mentioned_once_before_the_text() -> None:
    assert mentioning("Ahoj @petr", ["jana", "petr"]) == "@jana Ahoj @petr"
    assert mentioning("Ahoj", []) == "Ahoj"
    assert mentioned(mentioning("", ["jana"])) == ["jana"]


def test_a_text_says_something_of_bounded_length_that_can_be_printed() -> None:
    assert text_problem("x" * LONGEST) is None
    assert text_problem("dva\nřádky\ta tabulátor") is None
    assert text_problem("x" * (LONGEST + 1)) == "text_too_long"
    assert text_problem(" \n ") == "text_missing"
    assert text_problem("", required=False) is None
    assert text_problem("zvonek\x07") == "text_unprintable"


def test_a_task_has_a_title_of_one_line_and_a_whole_day() -> None:
    assert task_problems({"title": "Zavolat", "text": "", "due": date(2026, 12, 1)}) == {}
    assert task_problems({"title": " ", "due": None}) == {"title": "title_missing"}
    assert task_problems({"title": "a\nb"}) == {"title": "title_wrong"}
    assert task_problems({"title": "x" * 301, "text": "x" * (LONGEST + 1), "due": "2013"}) == {
        "title": "title_wrong",
        "text": "text_too_long",
        "due": "no_whole_day",
    }


def test_a_task_is_overdue_from_the_day_after_its_own_while_it_is_open() -> None:
    day = date(2026, 12, 1)
    assert not overdue("open", day, day)
    assert overdue("open", day, date(2026, 12, 2))
    assert not overdue("done", day, date(2026, 12, 2))
    assert not overdue("open", None, date(2026, 12, 2))
