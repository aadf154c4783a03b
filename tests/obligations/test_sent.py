"""What a report was when it was sent, and how it was sent."""

from __future__ import annotations

from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from portal.obligations.models import DueReport
from portal.sources.actions import UNSUPPORTED, state_fact
from tests.factories import changing
from tests.obligations.test_pages import needs, press, scene, two, words  # noqa: F401


def test_readiness_of_a_sent_report_stands_as_it_was_and_says_what_changed_since(engine, scene, two) -> None:  # noqa: F811
    jana, petr = two
    path = f"/reports/{scene['report']}"
    press(jana, path, "prepare")
    press(petr, path, "check")
    press(petr, path, "send", on="20. 2. 2015")
    before = needs(petr, path)
    with transaction.unit(engine) as s, changing(s):
        contract = s.get_one(DueReport, scene["report"]).obligation.of
        state_fact(s, SYSTEM, contract, "number", "MIGR/2012/999", UNSUPPORTED, lead=True)
        state_fact(s, SYSTEM, contract, "currency", "EUR", UNSUPPORTED, lead=True)
    assert needs(petr, path) == before and before["Měna smlouvy", "MIGR/2012/284"].endswith("chybí")
    page = petr.get(path)
    assert "Stav při odeslání, " in words(page.soup.select_one("#readiness"))
    assert page.link("Co se od odeslání změnilo").endswith("#since")
    since = words(page.soup.select_one("#since"))
    assert "Měna smlouvy" in since and "Číslo" in since and "MIGR/2012/999" in since
    second = f"/reports/{scene['report'] + 1}"
    assert needs(petr, second)["Měna smlouvy", "MIGR/2012/284"].endswith("bez zdroje")
    press(petr, path, "return", reason="chybí měna")
    press(jana, path, "prepare")
    assert needs(petr, path)["Měna smlouvy", "MIGR/2012/284"].endswith("bez zdroje"), "its next edition is of today"


def test_a_report_without_a_file_is_sent_only_in_a_way_that_is_told(scene, two) -> None:  # noqa: F811
    jana, petr = two
    path = f"/reports/{scene['report']}"
    press(jana, path, "prepare")
    press(petr, path, "check")
    refused = press(petr, path, "send", 422, on="20. 2. 2015", otherwise=None)
    assert "Zapište odeslaný soubor" in words(refused.soup.find(id="otherwise-error"))
    refused = press(petr, path, "send", 422, on="20. 2. 2015", how=" ")
    assert "Napište, jak byla odeslána" in words(refused.soup.find(id="how-error"))
    assert refused.values(path)["on"] == "20. 2. 2015"
    page = petr.follow(press(petr, path, "send", on="20. 2. 2015", how="datovou schránkou 123"))
    assert "Jak byla odeslána datovou schránkou 123" in words(page.soup.select_one("#way"))
    assert "u adresáta od 20. 2. 2015" in words(page.soup.select_one("#way"))
    press(petr, path, "return", reason="chybí kurzy")
    told = words(jana.follow(press(jana, path, "prepare")).soup.select_one("#way"))
    assert "odesláno 20. 2. 2015, datovou schránkou 123" in told and "Jak byla odeslána" not in told
