"""What was spent before a report is not known where a report before it leaves it open, and no sum or limit is taken from it."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from portal.accounts.actions.secrecy import set_secrecy
from portal.budgets.queries import checks, incurred
from portal.budgets.queries.earlier import gaps
from portal.budgets.queries.silence import Silence, unsaid
from portal.budgets.wording import stops
from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.settling import settle
from portal.kernel.when import When
from portal.obligations.models import DueReport, Obligation
from portal.web.i18n import speaking
from tests.budgets.test_two_periods import contract_of
from tests.factories import budgets, changing
from tests.layouts.test_financial import made, rows_of

EVERY = {*range(1, 12)} - {10}
LINES = [("2.1", "35", "412.90"), ("4.2", "36", "800.00"), ("10", "1", "500.00")]


def test_only_lines_that_are_explained_had_none() -> None:
    lines = ("2.1", "4.2", "10")
    assert unsaid(lines, []) == unsaid(lines, [Silence(True)]) == frozenset()
    assert unsaid(lines, [Silence(False, (), lines)]) == {"2.1", "4.2"} | EVERY
    assert unsaid(lines, [Silence(False, ("2.1",), lines), Silence(True)]) == {"4.2"} | EVERY - {2}
    assert unsaid(lines, [Silence(False, ("2.1", "4.2"), lines)]) == frozenset()
    assert unsaid(lines, [Silence(False, ("2.1",), ("2.1", "10"))]) == frozenset(), "the budget then had no line 4.2"
    assert unsaid((), [Silence(False)]) == EVERY, "without a budget nothing is known of any heading"


def on(first: str, last: str) -> SimpleNamespace:
    return SimpleNamespace(period_from=date.fromisoformat(first), period_to=date.fromisoformat(last))


@pytest.mark.parametrize(
    ("start", "earlier", "expected"),
    [
        ("2012-08-02", [], [("2012-08-02", "2014-12-31")]), ("2015-01-01", [], []), ("2015-03", [], []), (None, [], []),
        ("2014", [], [("2014-12-31", "2014-12-31")]), ("2014", [("2014-01-01", "2014-12-31")], []),
        ("2013-01-01", [("2014-01-01", "2014-06-30"), ("2014-08-01", "2014-12-31")], [
            ("2013-01-01", "2013-12-31"), ("2014-07-01", "2014-07-31"),
        ]),
        (None, [("2013-01-01", "2013-12-31")], [("2014-01-01", "2014-12-31")]),
    ],
)  # fmt: skip
def test_a_time_that_no_report_is_on_is_found(start, earlier, expected) -> None:
    """Before a report on 2015."""
    told = gaps(When(start) if start else None, on("2015-01-01", "2015-12-31"), [on(*one) for one in earlier])
    assert [(first.isoformat(), last.isoformat()) for first, last in told] == expected


def test_what_was_spent_before_the_first_report_of_a_running_contract_is_not_known(engine) -> None:
    with transaction.unit(engine) as s:
        contract, one, _two = contract_of(s, "A", start=When("2014-01-01"))
        budgets.budget(s, contract, lines=LINES)
        budgets.item(s, one, "2.1", "412.90", paid="2014-08-03")
        found = incurred(s, SYSTEM, one)
        assert found is not None and found.unsaid.before == {"2.1", "4.2"} | EVERY
        with speaking("en"):
            assert "1 January 2014 – 30 June 2014" in stops(found)[0].replace("\xa0", " ")
        assert [check.what for check in checks(s, SYSTEM, found)] == ["unreported"]


def test_who_does_not_see_what_the_sums_rest_on_does_not_check_them(engine, client_as) -> None:
    with transaction.unit(engine) as s:
        contract, one, two = contract_of(s, "A")
        budgets.budget(s, contract, lines=LINES)
        budgets.item(s, one, "2.1", "412.90", paid="2014-08-03", document="FA 8")
        budgets.item(s, two, "2.1", "412.90", paid="2014-11-03", document="FA 9")
        second, covers = two.id, one.obligation_id
    checker, viewer = client_as("editor", lang="en", everywhere=True), client_as("viewer", lang="en", everywhere=True)
    page = f"/reports/{second}"
    assert "not all may be seen" not in checker.get(page).text
    with transaction.unit(engine) as s, changing(s):
        secret = s.get_one(Obligation, covers)
        set_secrecy(s, SYSTEM, secret, {"confidential": True, "readers": []})
        settle(s, [secret])
    assert (
        "not all may be seen" in checker.get(page).text and "not all may be seen" in checker.get(f"{page}/money").text
    )
    assert "not all may be seen" not in viewer.get(page).text, "who neither writes nor checks is not told"
    refused = checker.submit(checker.get(page), 422, action=page, check="1", seen="1")
    assert "somebody who may see all of it has to check it" in " ".join(refused.soup.main.get_text(" ").split())
    with transaction.unit(engine) as s:
        assert s.get_one(DueReport, second).state == "in_preparation"


def test_a_report_that_leaves_open_what_was_spent_leaves_the_next_one_open(engine, client_as) -> None:
    with transaction.unit(engine) as s:
        contract, one, two = contract_of(s, "A")
        budgets.budget(s, contract, lines=LINES)
        budgets.item(s, two, "2.1", "412.90", paid="2014-11-03", document="FA 9")
        found = incurred(s, SYSTEM, two)
        assert found is not None and found.silent_before == [one]
        assert (
            found.unsaid.incurred == frozenset()
            and found.unsaid.before == found.unsaid.to_date == {"2.1", "4.2"} | EVERY
        )
        told = [(check.what, check.code) for check in checks(s, SYSTEM, found)]
        assert told == [("silent_before", ""), ("explanation", "10")], "of other variations nothing is known yet"
        with speaking("en"):
            said = stops(found)
        assert len(said) == 1 and one.name("en") in said[0] and "nobody says what was spent" in said[0]
        first, second = one.id, two.id
    viewer = client_as("viewer", lang="cs", everywhere=True)
    page = viewer.get(f"/reports/{second}/money").soup
    assert "nikdo neuvádí, co se vynaložilo" in page.select_one("#checks").get_text(" ", strip=True)
    rows = {row.th.get_text(" ", strip=True).split()[0]: row for row in page.select("#lines tbody tr")}
    for code in ("2.1", "2", "7", "11"):
        told = [cell.get_text(" ", strip=True) for cell in rows[code].select("td")]
        assert told[3:6] == ["neuvedeno", "neuvedeno", "–"], code
    assert (
        "Vyřaďte" in viewer.get(f"/reports/{second}/money").text
        or "vyřaďte" in viewer.get(f"/reports/{second}/money").text
    )
    cells = rows_of(made(client_as("editor", everywhere=True), {"report": second}), "Zpráva")
    assert cells["2.1"][8:13] == [412.9, "neuvedeno", None, None, None] and cells["11"][9:11] == ["neuvedeno", None]
    with transaction.unit(engine) as s, changing(s):
        early = s.get_one(DueReport, first)
        for code in ("2.1", "4.2"):
            budgets.say(s, early, code, explanation="Nikdo nejel.")
        assert [check.what for check in checks(s, SYSTEM, incurred(s, SYSTEM, early))] == [], (
            "all of its lines are told"
        )
        found = incurred(s, SYSTEM, s.get_one(DueReport, second))
        assert found is not None and found.unsaid.to_date == frozenset() and stops(found) == []
        assert ("explanation", "4.2") in [(check.what, check.code) for check in checks(s, SYSTEM, found)], (
            "a final report"
        )
