"""What a person chooses of a file: only what its layout heeds is offered, kept and shown, and the page says which file it is."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from portal.kernel import transaction
from portal.kernel.when import When
from portal.layouts.order import Choices
from portal.register.models import SentFile
from tests.factories import budgets, changing, funding, obligations
from tests.register.sending import FILE, send, words

RELIES = "O co se opírá"


@pytest.fixture
def money(engine) -> int:
    """A checked report on the money of a contract; its id."""
    with transaction.unit(engine) as s, changing(s):
        given = {"currency": "EUR", "start": When("2014-01-01"), "end": When("2015-12-31")}
        contract = funding.contract(s, funding.project(s, "ERIS"), "MIGR/2012/284", **given)
        budgets.budget(s, contract)
        report = obligations.due_report(s, contract)
        report.state = "in_preparation"
        budgets.item(s, report, "2.1", "412.90")
        report.state = "checked"
        return report.id


def kept(engine, address: str) -> tuple[str | None, str | None, str, dict]:
    """(layout, language, file name, choices) of a file registered."""
    with transaction.unit(engine) as s:
        one = s.get_one(SentFile, int(address.rpartition("/")[2]))
        return one.layout, one.language, one.file_name, json.loads(one.choices)


def test_a_layout_of_money_takes_no_choice_of_sources_and_keeps_none(engine, money, client_as, monkeypatch) -> None:
    browser = client_as("editor", everywhere=True, lang="cs")
    asked = "?layout=financial&in=cs&certainty=all&whole=1"
    page = browser.get(FILE.format(money) + asked)
    assert not page.soup.select("[name=certainty], [name=whole]") and "certainty" not in page.link("Stáhnout Excel")
    assert browser.get(FILE.format(money) + "?layout=project").soup.select("[name=certainty]")
    # what was registered before has the choice written beside it, and does not show it either
    written = Choices.written
    monkeypatch.setattr(Choices, "written", lambda self: written(replace(self, certainty="documents", whole=True)))
    before = send(browser, money, asked)
    told = words(browser.get(before).soup.select_one("#made"))
    assert kept(engine, before)[3]["certainty"] == "documents"
    assert RELIES not in told and "Celé portfolio" not in told
    assert "Stejné bajty" in browser.get(f"{before}/again").text


def test_the_page_says_which_file_it_is_and_that_file_is_kept_under_a_name_of_its_own(engine, money, client_as) -> None:
    browser = client_as("editor", everywhere=True, lang="cs")
    page = browser.get(FILE.format(money) + "?layout=budget&in=en")
    assert "Rozpočet akce" in words(page.soup.select_one("#file")) and "English" in words(page.soup.select_one("#file"))
    assert "Zapíše se: Rozpočet akce, anglicky." in words(page.soup.select_one("#send"))
    names = set()
    for layout in ("budget", "financial"):
        for lang in ("cs", "en"):
            path = browser.get(FILE.format(money) + f"?layout={layout}&in={lang}").link("Stáhnout Excel")
            names.add(browser.browser.get(path).headers["Content-Disposition"])
    assert len(names) == 4 and any("budget-of-the-action-en" in name for name in names), names
    layout, lang, name, choices = kept(engine, send(browser, money, "?layout=budget&in=en&certainty=all"))
    assert (layout, lang) == ("budget", "en") and "budget-of-the-action-en" in name and "certainty" not in choices
