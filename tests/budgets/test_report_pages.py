"""The money of a report on its page: where it stands, what is not known of it, and who does not check it."""

from __future__ import annotations

from tests.budgets.test_pages import browser, prepare, scene, words  # noqa: F401


def test_whoever_wrote_in_a_report_does_not_check_it(scene, browser, client_as) -> None:  # noqa: F811
    prepare(browser, scene)
    eva, petr = (client_as("editor", everywhere=True, name=name) for name in ("Eva Nová", "Petr Velký"))
    path = f"/reports/{scene['report']}"
    typed = {"amount": "400", "amount-currency": "EUR"}
    early = eva.get(path)
    eva.submit(eva.get(f"{path}/expenditure/add"), code="2.1", document="FA 17", paid="31. 3. 2014", **typed)
    page = eva.submit(early, 422, action=path, check="1", seen="1")
    assert "Do této zprávy jste psali" in page.text
    assert not eva.get(path).soup.select_one("button[name=check]")
    petr.submit(petr.get(path), action=path, check="1", seen="1")
    assert "zkontrolováno" in words(petr.get(path).soup.select_one("#way"))


def test_what_nobody_wrote_of_a_period_is_not_known_and_what_cannot_be_converted_is_marked(scene, browser) -> None:  # noqa: F811
    prepare(browser, scene)
    page = f"/reports/{scene['report']}/money"
    line = words(browser.get(page).soup.select_one("[id='line-2.1']"))
    assert "neuvedeno" in line and "100,00" not in line
    typed = {"amount": "100", "amount-currency": "RUB"}
    browser.submit(browser.get(f"/reports/{scene['report']}/expenditure/add"), code="2.1", document="FA 1", **typed)
    rows = {words(row.th): words(row) for row in browser.get(page).soup.select("#lines tbody tr")}
    marked = [name for name, told in rows.items() if "neúplné" in told]
    assert any(name.startswith("2.1") for name in marked) and any(name.startswith("11 ") for name in marked)
    assert not any(name.startswith("1.1.1") for name in marked)


def test_an_explanation_says_that_nothing_was_spent_of_its_own_line_only(scene, browser) -> None:  # noqa: F811
    prepare(browser, scene)
    page = f"/reports/{scene['report']}"
    stands = lambda code: words(browser.get(f"{page}/lines/{code}/edit").soup.select_one("#stands"))  # noqa: E731
    assert stands("2.1").count("neuvedeno") == 3 and "%" not in stands("2.1"), "forecast, this period, to date"
    browser.submit(browser.get(f"{page}/lines/2.1/edit"), explanation_cs="Nikdo nikam nejel.")
    rows = {words(row.th).split()[0]: words(row) for row in browser.get(f"{page}/money").soup.select("#lines tbody tr")}
    assert "neuvedeno" not in rows["2.1"] and "-100,00 %" in rows["2.1"].replace("−", "-")
    unknown = [code for code, told in rows.items() if "neuvedeno" in told]
    assert {"1", "1.1.1", "3", "7", "8", "9", "11"} <= {*unknown} and not {"2.1", "10"} & {*unknown}
    assert not [code for code in unknown if "%" in rows[code]]
    assert "0,00" in stands("2.1") and "%" in stands("2.1") and "%" not in stands("1.1.1")


def test_what_varies_by_a_sum_that_lacks_something_says_so_too(scene, browser) -> None:  # noqa: F811
    prepare(browser, scene)
    page, typed = f"/reports/{scene['report']}", {"amount": "100", "amount-currency": "RUB"}
    browser.submit(browser.get(f"{page}/expenditure/add"), code="2.1", document="FA 1", **typed)
    line = browser.get(f"{page}/money").soup.select_one("[id='line-2.1']")
    varied = next(cell for cell in line.select("td") if "%" in cell.get_text())
    assert "neúplné" in words(varied)
    stands = words(browser.get(f"{page}/lines/2.1/edit").soup.select_one("#stands"))
    assert stands.count("neúplné") == 3, "this period, to date, variation"


def test_the_money_of_a_report_stands_with_the_reports_in_the_menu(scene, browser) -> None:  # noqa: F811
    for path, entry in (("money", "Zprávy k podání"), ("lines/2.1/edit", "Zprávy k podání")):
        current = browser.get(f"/reports/{scene['report']}/{path}", 200).soup.select("nav.nav [aria-current]")
        assert [a.get_text(strip=True) for a in current] == [entry]
