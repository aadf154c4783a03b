"""What people do on the pages of budgets: from the contract to a report whose money stands as it should."""

from __future__ import annotations

import pytest

from portal.budgets import saving
from portal.budgets.models import Budget, BudgetLine
from portal.funding.actions import edit_contract
from portal.funding.models import Contract
from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.when import When
from portal.obligations.actions import move_report
from portal.obligations.models import DueReport
from portal.sources.actions import UNSUPPORTED
from portal.web import page
from tests.factories import budgets, changing, frameworks, funding, obligations
from tests.history import undoing
from tests.history.test_pages import last


def words(soup) -> str:
    return " ".join(soup.get_text(" ").replace("\u2060", "").replace("\xa0", " ").split())


@pytest.fixture
def scene(engine) -> dict[str, int]:
    """A contract in euro under regime fixed with an agreed budget, and two yearly reports; ids by name."""
    with transaction.unit(engine) as s, changing(s):
        project = funding.project(s, "ERIS", framework=frameworks.framework(s, "Pražský proces"))
        contract = funding.contract(
            s, project, "MIGR/2012/284", currency="EUR", rate_regime="fixed", fixed_rate=budgets.Decimal(25),
            fixed_currency="CZK", rounding="nearest", start=When("2014-01-01"), end=When("2015-12-31"),
        )  # fmt: skip
        report = obligations.due_report(s, contract)
        return {"contract": contract.id, "budget": budgets.budget(s, contract).id, "report": report.id}


@pytest.fixture
def browser(client_as):
    return client_as("editor", everywhere=True, name="Jana Malá")


def prepare(browser, scene, which: str = "report") -> None:
    path = f"/reports/{scene[which]}"
    browser.submit(browser.get(path), action=path, prepare="1")


def test_a_new_version_is_copied_changed_agreed_and_set_beside_the_old_one(scene, browser) -> None:
    form = browser.get(browser.get(f"/contracts/{scene['contract']}").link("Sestavit novou verzi rozpočtu"))
    page = browser.follow(browser.submit(form, kind_code="addendum", valid="1. 6. 2015"))
    assert "319 603,24" in words(page.soup.select_one("#lines")) and "návrh" in words(page.soup.main)
    line = browser.get(page.link("Přidat řádek"))
    again = browser.follow(
        browser.submit(line, code="5.8", name_cs="Viditelnost", number="1", value="1 247,66", another="1")
    )
    assert again.value("code") == "" and "Řádek 5.8 je uložen" in again.text
    path = page.path
    agreed = browser.follow(browser.submit(browser.get(path), action=path, agree="1"))
    assert "schválený" in words(agreed.soup.select_one("#versions")) and "Přidat řádek" not in words(agreed.soup.main)
    row = agreed.soup.select_one("#lines").find(string=lambda text: "Viditelnost" in text).find_parent("tr")
    assert words(row).endswith("1 247,66")
    told = words(browser.get(f"{path}/comparison").soup.select_one("#comparison"))
    assert "+1 247,66" in told and "320 850,90" in told
    card = words(browser.get(f"/contracts/{scene['contract']}").soup.select_one("#budget"))
    assert "319 603,24" in card and "320 850,90" in card


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"code": "7"}, "code", "1 až 6"), ({"code": "2.1"}, "code", "už je"), ({"value": "-5"}, "value", ""),
        ({"number": "mnoho"}, "number", ""), ({"name_cs": ""}, "name_cs", ""),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_is_refused_at_its_field_and_what_was_typed_stays(
    engine, scene, browser, typed, field, said
):
    with transaction.unit(engine) as s, changing(s):
        budget = s.get_one(Budget, scene["budget"])
        draft = budgets.budget(s, budget.contract, kind_code="addendum", copied=budget, lines=(), agreed=False).id
    given = {"code": "5.8", "name_cs": "Viditelnost", "number": "1", "value": "10"} | typed
    refused = browser.submit(browser.get(f"/budgets/{draft}/lines/add"), 422, **given)
    assert said in words(refused.soup.find(id=f"{field}-error") or refused.soup.main)
    assert all(refused.value(name) == value for name, value in given.items())


def test_two_people_at_one_line_are_both_heard(engine, scene, browser, client_as) -> None:
    with transaction.unit(engine) as s, changing(s):
        budget = s.get_one(Budget, scene["budget"])
        draft = budgets.budget(s, budget.contract, kind_code="addendum", copied=budget, lines=(), agreed=False).id
    other = client_as("editor", everywhere=True, name="Petr Velký")
    path = f"/budgets/{draft}/lines/4/edit"
    drawn = browser.get(path)
    other.submit(other.get(path), number="36")
    browser.submit(drawn, unit="let")
    both = browser.get(path)
    assert (both.value("number"), both.value("unit")) == ("36", "let")
    drawn = browser.get(path)
    other.submit(other.get(path), number="37")
    clash = browser.submit(drawn, 409, number="38")
    assert "Petr Velký" in clash.text
    with transaction.unit(engine) as s:
        assert str(s.get_one(BudgetLine, (draft, 4)).number) == "37"


@pytest.fixture
def drafted(engine, scene) -> int:
    """A draft with the lines of the agreed budget."""
    with transaction.unit(engine) as s, changing(s):
        budget = s.get_one(Budget, scene["budget"])
        return budgets.budget(s, budget.contract, kind_code="addendum", copied=budget, lines=(), agreed=False).id


@pytest.mark.parametrize("late", [False, True], ids=["before it was sent", "while it was being saved"])
def test_a_line_taken_away_by_the_other_is_told_with_what_was_typed(
    engine, drafted, browser, client_as, monkeypatch, late
) -> None:
    other = client_as("editor", everywhere=True, name="Petr Velký")
    path = f"/budgets/{drafted}/lines/4/edit"
    drawn, theirs, writing = browser.get(path), other.get(path), page.writing

    def first_the_other(*given, **more):
        monkeypatch.setattr(saving.page, "writing", writing)
        with transaction.unit(engine) as s, changing(s):
            s.delete(s.get_one(BudgetLine, (drafted, 4)))
        return writing(*given, **more)

    if late and engine.dialect.name == "postgresql":  # in SQLite nobody writes between a look and the writing
        monkeypatch.setattr(saving.page, "writing", first_the_other)
    else:
        other.submit(theirs, away="1")
    told = browser.submit(drawn, 409, number="38,5", name_cs="Dvě cesty navíc")
    assert "Mezitím to odebral někdo jiný" in told.text and told.link("Na záznam") == f"/budgets/{drafted}"
    assert "38,5" in words(told.soup.main) and "Dvě cesty navíc" in words(told.soup.main)
    browser.submit(drawn, 409, away="1")
    with transaction.unit(engine) as s:
        assert s.get(BudgetLine, (drafted, 4)) is None


def test_who_takes_away_what_the_other_has_just_changed_sees_it_first(
    engine, scene, drafted, browser, client_as
) -> None:
    prepare(browser, scene)
    with transaction.unit(engine) as s, changing(s):
        budgets.item(s, s.get_one(DueReport, scene["report"]), "2.1", "412.90")
    other = client_as("editor", everywhere=True, name="Petr Velký")
    for path, unit, typed in (
        (f"/budgets/{drafted}/lines/4/edit", "number", "36"),
        (f"/reports/{scene['report']}/expenditure/1/edit", "document", "FA 1 opravená"),
    ):
        drawn = browser.get(path)
        other.submit(other.get(path), **{unit: typed})
        told = browser.submit(drawn, 422, away="1")
        assert "nic se neodebralo" in " ".join(told.errors()) and told.value(unit) == typed
        browser.submit(told, away="1")
        assert browser.get(path, status=404)


def test_money_of_a_report_is_typed_converted_doubted_explained_and_frozen(engine, scene, browser, client_as) -> None:
    prepare(browser, scene)
    page = f"/reports/{scene['report']}/money"
    form = browser.get(browser.get(page).link("Přidat výdaj"))
    again = browser.follow(
        browser.submit(
            form, code="2.1", document="FA 17", paid="31. 3. 2014", payee="České dráhy", another="1",
            **{"amount": "400 000", "amount-currency": "CZK"},
        )
    )  # fmt: skip
    assert again.value("code") == "2.1"
    browser.submit(again, document="FA-17", paid="31. 3. 2014", **{"amount": "400 000", "amount-currency": "CZK"})
    told = browser.get(page)
    assert "32 000,00" in words(told.soup.select_one("#lines")) and "16 000 EUR" in words(
        told.soup.select_one("#expenditure")
    )
    checks = words(told.soup.select_one("#checks"))
    assert "stojí ve zprávách dvakrát" in checks and "Řádek 2.1 se odchyluje" in checks and "Kapitola 2" in checks
    needs = words(browser.get(f"/reports/{scene['report']}").soup.select_one("#readiness"))
    assert "nad limitem" in needs and "stojí ve zprávách dvakrát" in needs
    away = browser.get(f"/reports/{scene['report']}/expenditure/2/edit")
    browser.submit(away, away="1")
    said = browser.get(f"/reports/{scene['report']}/lines/2.1/edit")
    browser.submit(said, explanation_cs="Zasedání bylo v Tbilisi.", expected_units="3", expected="412,90")
    told = words(browser.get(page).soup.select_one("#lines"))
    assert "16 000,00" in told and "Zasedání bylo v Tbilisi." in told and "1 238,70" in told and "+1 548,50" in told
    assert "Řádek 2.1" not in words(browser.get(page).soup.select_one("#checks") or browser.get(page).soup.h1)
    petr = client_as("editor", everywhere=True, name="Petr Velký")
    path = f"/reports/{scene['report']}"
    petr.submit(petr.get(path), action=path, check="1", seen="1")
    petr.submit(petr.get(path), action=path, send="1", on="20. 2. 2015", otherwise="1", how="poštou")
    frozen = browser.get(page)
    assert "zmrazené" in words(frozen.soup.main) and "Přidat výdaj" not in words(frozen.soup.main)
    late = f"/reports/{scene['report']}/expenditure/1/edit"
    assert "dalším vydání" in browser.submit(browser.get(late), 422, document="FA 18").text
    with transaction.unit(engine) as s, changing(s):
        edit_contract(
            s, SYSTEM, s.get_one(Contract, scene["contract"]), {"fixed_rate": budgets.Decimal(40)}, UNSUPPORTED
        )
    told = words(browser.get(page).soup.main)
    assert "16 000,00" in told and "10 000,00" not in told, "as it was sent, whatever became of the contract since"


def test_a_forecast_of_the_report_before_is_set_beside_what_was_spent(engine, scene, browser) -> None:
    with transaction.unit(engine) as s, changing(s):
        first = s.get_one(DueReport, scene["report"])
        first.state = "in_preparation"
        budgets.say(s, first, "2.1", expected_units=budgets.Decimal(10), expected=budgets.euro("412.90"))
        first.state = "sent"
    scene["second"] = scene["report"] + 1
    prepare(browser, scene, "second")
    with transaction.unit(engine) as s, changing(s):
        budgets.item(s, s.get_one(DueReport, scene["second"]), "2.1", "4000.00", paid="2015-05-05")
    told = browser.get(f"/reports/{scene['second']}/money")
    row = words(told.soup.find(id="line-2.1"))
    assert "4 129,00" in row and "−129,00" in row
    assert "Řádek 2.1 se odchyluje" in words(told.soup.select_one("#checks"))


def test_a_viewer_reads_and_writes_nothing(scene, client_as) -> None:
    viewer = client_as("viewer", lang="cs")
    for path in (f"/budgets/{scene['budget']}", f"/reports/{scene['report']}/money"):
        page = viewer.get(path)
        assert not page.soup.main.select_one("a.btn--primary") and not page.soup.select_one("button[name=reopen]")


def test_history_tells_rows_by_their_codes_and_an_undo_leaves_what_is_checked_or_sent(
    engine, scene, browser, client_as
) -> None:
    prepare(browser, scene)
    add = browser.get(f"/reports/{scene['report']}/expenditure/add")
    browser.submit(add, code="2.1", document="FA 17", paid="31. 3. 2014", **{"amount": "400", "amount-currency": "EUR"})
    told = words(browser.get(f"/records/{scene['report']}/history").soup.main)
    assert "výdaj na řádku 2.1" in told and "FA 17" in told and "400 EUR" in told
    claimed = last(engine)
    line = browser.get(f"/reports/{scene['report']}/lines/2.1/edit")
    browser.submit(line, explanation_cs="Zasedání v Tbilisi.")
    said, path = last(engine), f"/reports/{scene['report']}"
    petr = client_as("editor", everywhere=True, name="Petr Velký")
    petr.submit(petr.get(path), action=path, check="1", seen="1")
    for sent in (False, True):
        if sent:
            with transaction.unit(engine) as s, changing(s):
                report = s.get_one(DueReport, scene["report"])
                move_report(s, SYSTEM, report, "send", report.version, on=When("2015-02-20"), filed=True)
        for change_id in (claimed, said):
            page = browser.get(f"/changes/{change_id}/undo")
            assert "taková zpráva se nemění" in words(page.soup.main) and not page.soup.main.find("form")
            undoing.post(browser, change_id, 409)
    told = words(browser.get(f"/reports/{scene['report']}/money").soup.main)
    assert "FA 17" in told and "Zasedání v Tbilisi." in told


def test_an_undo_opens_no_version_below_another_and_agrees_to_none_below_one_that_holds(engine, scene, browser) -> None:
    with transaction.unit(engine) as s, changing(s):
        project = funding.project(s, "Druhý")
        draft = budgets.budget(s, funding.contract(s, project, "C/9", currency="EUR"), agreed=False)
        made = draft.id
    path = f"/budgets/{made}"

    def state(budget: int) -> str:
        with transaction.unit(engine) as s:
            return s.get_one(Budget, budget).state

    browser.submit(browser.get(path), action=path, agree="1")
    browser.submit(browser.get(path), action=path, reopen="1", reason="překlep")
    reopened = last(engine)
    with transaction.unit(engine) as s, changing(s):
        held = s.get_one(Budget, made)
        later = budgets.budget(s, held.contract).id
    refused = browser.submit(browser.get(f"/changes/{reopened}/undo"), 422)
    assert "Pozdější verze už je schválená" in words(refused.soup.main)
    assert (state(made), state(later)) == ("draft", "agreed")
    path = f"/budgets/{scene['budget']}"
    browser.submit(browser.get(path), action=path, reopen="1", reason="překlep")
    browser.submit(browser.get(path), action=path, agree="1")
    agreed = last(engine)
    with transaction.unit(engine) as s, changing(s):
        held = s.get_one(Budget, scene["budget"])
        budgets.budget(s, held.contract, kind_code="addendum", copied=held, lines=(), agreed=False)
    undoing.post(browser, agreed, 422)
    assert state(scene["budget"]) == "agreed"
