"""The way of a report between two people, on its page."""

from __future__ import annotations

from tests.obligations.test_pages import press, scene, two, words  # noqa: F401


def test_a_report_goes_its_way_between_two_people(scene, two) -> None:  # noqa: F811
    jana, petr = two
    path = f"/reports/{scene['report']}"
    page = jana.follow(press(jana, path, "prepare"))
    assert "připravujete ji vy" in page.text and "kontroluje někdo jiný" in page.text
    assert not page.soup.select_one("button[name=check]")
    told = words(petr.get(path).soup.select_one("#way"))
    assert "není, jak má být" in told or "nejsou, jak mají být" in told
    page = press(petr, path, "check", 422, seen=None)
    assert "Doplňte to, nebo zaškrtněte" in page.text and page.soup.select_one("button[name=check]"), (
        "nobody checks unseen"
    )
    press(petr, path, "check")
    refused = press(petr, path, "send", 422, on="únor 2015")
    assert "je třeba přesný den" in refused.text.replace("\xa0", " ") and refused.values(path)["on"] == "únor 2015"
    page = petr.follow(press(petr, path, "send", on="20. 2. 2015", number="MV-1/2015"))
    assert "20. 2. 2015" in words(page.soup.select_one("#way")) and "MV-1/2015" in words(page.soup.select_one("#way"))
    assert path in petr.get("/search?q=MV-1/2015").links()
    assert f"/obligations/{scene['obligation']}" in petr.get("/search?q=průběžné+zprávy&kind=obligation").links()
    assert "Kdo je na tahu u adresáta" in words(page.soup.select_one("#way"))
    assert "Napište, proč se vrací" in press(petr, path, "return", 422).text
    press(petr, path, "return", reason="chybí kurzy")
    assert "chybí kurzy" in words(jana.get(path).soup.select_one("#way"))
    page = jana.follow(press(jana, path, "prepare"))
    told = words(page.soup.select_one("#way"))
    assert "chybí kurzy" in told and "odesláno 20. 2. 2015, MV-1/2015" in told, (
        "what was returned, and why, stays in sight"
    )
    assert "2" in words(page.soup.select_one("#way")).split("Vydání")[1][:3]


def test_of_two_people_who_move_a_report_the_second_is_told(scene, two) -> None:  # noqa: F811
    jana, petr = two
    path = f"/reports/{scene['report']}"
    drawn = petr.get(path)
    press(jana, path, "prepare")
    told = petr.submit(drawn, 422, action=path, prepare="1")
    assert "Zprávu mezitím posunul dál někdo jiný" in told.text
    assert "Jana Malá" in words(told.soup.select_one("#way"))
    assert petr.get(told.path).soup.select_one("#way"), "where a refusal stands, the page itself can be asked for"
