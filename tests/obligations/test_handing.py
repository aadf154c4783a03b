"""A report is handed over for its check: it waits for those who may check it, until somebody goes on writing in it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.accounts.models import Person
from portal.desk.models import Notification
from portal.kernel import transaction
from portal.obligations.models import DueReport
from portal.obligations.rules import STATES, moves_from, turn
from tests.factories import changing, frameworks, funding, obligations
from tests.obligations.test_pages import press, words


@pytest.fixture
def scene(engine) -> dict[str, int]:
    """A report on money in a framework, and another framework; ids by name."""
    with transaction.unit(engine) as s, changing(s):
        framework = frameworks.framework(s, "Pražský proces")
        report = obligations.due_report(s, funding.contract(s, funding.project(s, "ERIS", framework=framework)))
        other = frameworks.framework(s, "Jiný rámec")
        return {"report": report.id, "framework": framework.id, "other": other.id}


@pytest.fixture
def people(scene, client_as) -> dict:
    """Who prepares, who writes a text in it, who may check it by its framework, who writes elsewhere only."""
    here = {"frameworks": [scene["framework"]]}
    return {
        "jana": client_as("editor", name="Jana Malá", everywhere=True),
        "eva": client_as("editor", name="Eva Písmáková", **here),
        "petr": client_as("editor", name="Petr Velký", **here),
        "olga": client_as("editor", name="Olga Jinde", frameworks=[scene["other"]]),
    }


def write(browser, path: str) -> None:
    browser.submit(browser.get(f"{path}/texts/progress/edit"), text_cs="Proběhla tři školení.")


def to_check(people) -> list[str]:
    """Who has a report to check in their work."""
    return [who for who, browser in people.items() if browser.get("/work").soup.find(id="to-check")]


def told(engine) -> list[str]:
    asked = select(Person.name).join(Notification, Person.id == Notification.person_id)
    with transaction.unit(engine) as s:
        return sorted(s.scalars(asked.where(Notification.kind == "check_asked")))


def whose(browser, path: str) -> str:
    [row] = [one for one in browser.get(path).soup.select("#way dl div") if words(one.dt) == "Kdo je na tahu"]
    return words(row.dd)


def test_whose_turn_it_is_follows_the_state() -> None:
    expected = dict(zip(STATES, ("prepare", "prepare", "send", "recipient", "prepare", "nobody"), strict=True))
    assert {state: turn(state) for state in STATES} == expected
    assert turn("in_preparation", True) == "check"
    assert "reopen" not in moves_from("in_preparation") and "hand_over" not in moves_from("in_preparation", True)


def test_a_report_waits_for_those_who_may_check_it_until_somebody_writes_in_it(engine, scene, people) -> None:
    path, jana = f"/reports/{scene['report']}", people["jana"]
    assert whose(jana, path) == "editoři rámce k přípravě"
    press(jana, path, "prepare")
    write(people["eva"], path)
    assert whose(jana, path) == "Jana Malá k přípravě" and to_check(people) == []
    page = jana.follow(press(jana, path, "hand_over"))
    assert "čeká na kontrolu" in words(page.soup.select_one("main header, main .head"))
    assert "Jana Malá" in words(page.soup.select_one("#way")) and not page.soup.select_one("button[name=hand_over]")
    assert whose(jana, path) == "Petr Velký ke kontrole"
    assert to_check(people) == ["petr"] and told(engine) == ["Petr Velký"]
    assert "Jana Malá předává tuto zprávu ke kontrole" in words(people["petr"].get("/notifications").soup.main)
    assert "1 zpráva ke kontrole" in words(people["petr"].get("/").soup.main)
    assert jana.get("/work?scope=all").soup.find(id="to-check")
    drawn = people["petr"].get(path)
    jana.submit(jana.get(f"{path}/texts/problems/edit"), text_cs="Žádné.")
    assert to_check(people) == [] and whose(jana, path) == "Jana Malá k přípravě"
    refused = people["petr"].submit(drawn, 422, action=path, check="1", seen="1")
    assert "někdo do zprávy psal" in refused.text
    press(jana, path, "hand_over")
    assert to_check(people) == ["petr"] and told(engine) == ["Petr Velký"]
    press(people["petr"], path, "check")
    assert to_check(people) == [] and told(engine) == [] and whose(jana, path) == "editoři rámce k odeslání"
    assert "Petr Velký potvrzuje kontrolu zprávy" in words(jana.get("/notifications").soup.main)


def test_who_handed_over_takes_it_back_and_who_checks_returns_it_with_a_reason(scene, people) -> None:
    path, jana, petr = f"/reports/{scene['report']}", people["jana"], people["petr"]
    press(jana, path, "prepare")
    press(jana, path, "hand_over")
    assert "Napište, proč se vrací" in press(petr, path, "reopen", 422).text
    press(petr, path, "reopen", reason="chybí kurzy")
    assert to_check(people) == [] and "chybí kurzy" in words(jana.get(path).soup.select_one("#way"))
    assert "Vaše zpráva je vrácena" in words(jana.get("/notifications").soup.main)
    press(jana, path, "hand_over")
    assert set(to_check(people)) == {"eva", "petr"}
    press(jana, path, "reopen")
    assert to_check(people) == []
    history = words(jana.get(f"/records/{scene['report']}/history").soup.main)
    assert "Předáno ke kontrole: " in history and "handed_over" not in history


def test_what_nobody_could_check_is_not_handed_over(engine, scene, people) -> None:
    path, jana = f"/reports/{scene['report']}", people["jana"]
    press(jana, path, "prepare")
    with transaction.unit(engine) as s, changing(s):
        for person in s.scalars(select(Person).where(Person.name.in_(("Eva Písmáková", "Petr Velký")))):
            person.active = False
    assert "nesmí zkontrolovat" in press(jana, path, "hand_over", 422).text
    with transaction.unit(engine) as s:
        assert s.get_one(DueReport, scene["report"]).handed_over_at is None
