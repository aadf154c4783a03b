"""The page behind a bar: it says which bar and scope it is about, and its counts and sums are those of the bar."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from portal.dashboards.queries import CHARTS
from portal.kernel import transaction
from portal.kernel.money import Money
from portal.kernel.permission import SYSTEM
from portal.kernel.transaction import change
from portal.projects.actions import edit_project
from tests.dashboards.test_funding import drawings, table, words
from tests.factories import frameworks, funding

MONEY = CHARTS[:2]


@pytest.fixture(scope="module")
def portfolio(kept_engine) -> dict[str, int]:
    """More flows and projects than a page holds, two currencies, all certainties, inclusion, unknowns, a hidden project."""
    with transaction.unit(kept_engine) as s, change(s, None, "command", actor_name="zkouška"):
        first, second = frameworks.framework(s, "Alfa rámec"), frameworks.framework(s, "Beta rámec")
        one, two = funding.instrument(s, "Alfa nástroj"), funding.instrument(s, "Beta nástroj")
        umbrella = funding.project(s, "Celek", framework=first, status="2", backed=funding.support(s))
        whole = funding.flow(s, umbrella, "1000.10", instrument=one)
        for n in range(60):
            funding.flow(s, umbrella, Money.of(f"{n + 1}.01", "CZK" if n % 3 else "EUR"), instrument=one)
        funding.flow(s, umbrella, "9.99", included_in=whole, instrument=one)
        funding.flow(s, umbrella, None, instrument=two)
        funding.flow(s, second, "70.07", certainty="public", amount_mark="rounded")
        funding.flow(s, second, "80.08", certainty="uncited", instrument=two)
        for n in range(55):
            status = {"status": "4", "backed": funding.support(s, "public" if n % 2 else "document")} if n % 5 else {}
            funding.project(s, f"Projekt {n:02}", framework=second, **status)
        secret = funding.project(s, "Tajný", framework=second, status="2", backed=funding.support(s))
        hidden = funding.instrument(s, "Tajný nástroj")
        funding.flow(s, secret, 5000, instrument=hidden)
        edit_project(s, SYSTEM, secret, {"confidential": True})
        hidden.confidential = True
        return {"first": first.id, "second": second.id, "one": one.id, "hidden": secret.id, "umbrella": umbrella.id}


def minor(text: str) -> tuple[str, int]:
    number, currency = text.replace("≈", "").replace("\u00a0", " ").replace("rozpor", "").strip().rsplit(" ", 1)
    return currency, int(Decimal(number.replace(" ", "").replace("\u00a0", "").replace(",", ".")) * 100)


def behind(viewer, url: str) -> tuple[list[dict], list]:
    """All rows of all pages behind a bar, and the pages."""
    rows, pages = [], []
    while url:
        page = viewer.get(url)
        pages.append(page)
        for row in page.soup.select("main table.flow tbody tr"):
            for mark in row.select(".src"):
                mark.decompose()
            cells = {td["data-l"]: words(td).replace("\u2060", "").strip() for td in row.find_all("td")}
            rows.append(cells | {"link": row.th.a and row.th.a["href"]})
        following = page.soup.select_one("nav.pager a[rel=next]")
        url = following and (url.split("?")[0] + following["href"])
    return rows, pages


def shown_sums(page) -> dict[str, int]:
    """The value at the head of the page, by currency; exact and rounded amounts stand apart."""
    lines = page.soup.select_one(".figs .big").get_text("|").replace("\u2060", "").replace("+", "|").split("|")
    found: dict[str, int] = defaultdict(int)
    for currency, cents in (minor(line) for line in lines if line.strip(" ≈\u00a0\n")):
        found[currency] += cents
    return dict(found)


@pytest.mark.parametrize("query", ["", "?certainty=public", "?certainty=all"])
def test_what_stands_behind_each_bar_of_money_adds_up_to_the_bar_and_its_row(portfolio, kept_as, query) -> None:
    viewer = kept_as("viewer", lang="cs")
    dashboard = viewer.get(f"/funding{query}")
    for key in MONEY:
        bars, tabled = defaultdict(lambda: defaultdict(int)), defaultdict(lambda: defaultdict(int))
        for drawing in drawings(dashboard, key):
            for trace in drawing["data"]:
                for url, x in zip(trace["customdata"], trace["x"], strict=True):
                    bars[url][drawing["currency"]] += round(x * 100)
        card = dashboard.soup.find(id=f"chart-{key}").find_parent("section")
        names = {}
        for row in card.select("tbody tr"):
            url, amount = row.th.a["href"], words(row.find_all("td")[-1])
            names[url] = words(row.th)
            if amount != "neuvedeno":
                currency, cents = minor(amount)
                tabled[url][currency] += cents
        assert bars and {u: dict(v) for u, v in bars.items()} == {u: dict(v) for u, v in tabled.items()}
        for url, name in names.items():
            rows, pages = behind(viewer, url)
            counted = defaultdict(int)
            for row in rows:
                if row["Počítá se"] == "ano":
                    currency, cents = minor(row["Částka"])
                    counted[currency] += cents
            assert dict(counted) == dict(tabled[url]), url
            assert words(pages[0].soup.select_one(".figs h2")) == name
            assert name in words(pages[0].soup.select_one(".lede"))
            if counted:
                assert shown_sums(pages[0]) == dict(counted)
            else:
                assert "neuvedeno" in words(pages[0].soup.select_one(".figs .big"))
            counting = sum(row["Počítá se"] == "ano" for row in rows)
            bar = pages[0].soup.select_one(".bar--card")
            assert (bar is None) == (not rows)
            if bar:
                assert f"počítá se {counting}, nepočítá se {len(rows) - counting}" in words(bar)
                assert words(bar.strong).split()[0] == str(len(rows))
            assert all(row["link"].startswith("/flows/") for row in rows)


@pytest.mark.parametrize("query", ["", "?certainty=public", "?certainty=all", "?framework={second}"])
def test_what_stands_behind_each_bar_of_a_status_is_as_many_projects_and_all_say_that_status(
    portfolio, kept_as, query
) -> None:
    viewer = kept_as("viewer", lang="cs")
    dashboard = viewer.get(f"/funding{query.format(**portfolio)}")
    [drawing] = drawings(dashboard, "projects_by_status")
    [trace] = drawing["data"]
    numbers = {name: int(number) for name, number in table(dashboard, "projects_by_status")}
    assert len(trace["x"]) == len(numbers) and sum(numbers.values()) >= 55
    for url, x, (name, number) in zip(trace["customdata"], trace["x"], numbers.items(), strict=True):
        rows, pages = behind(viewer, url)
        assert len(rows) == x == number, url
        assert words(pages[0].soup.select_one(".figs .big")) == str(number)
        assert f"{number} z" in words(pages[0].soup.select_one(".figs")).replace("\u00a0", " ")
        assert words(pages[0].soup.select_one(".bar--card strong")).split()[0] == str(number)
        assert {row["Stav"].split(" k ")[0] for row in rows} == {name}
        assert f": {name}" in words(pages[0].soup.select_one(".lede"))


def test_more_records_than_a_page_holds_are_paged_and_none_is_lost(portfolio, kept_as) -> None:
    viewer = kept_as("viewer", lang="cs")
    rows, pages = behind(viewer, f"/funding/known_funding_by_instrument/records?part={portfolio['one']}")
    assert (len(rows), len({row["link"] for row in rows}), len(pages)) == (62, 62, 2)
    assert [row["Počítá se"] == "ano" for row in rows] == [True] * 61 + [False]
    assert words(pages[0].soup.select_one("nav.pager span")) == "1–50 ze 62"


def test_the_seed_says_of_each_project_what_its_bar_says(read_as) -> None:
    viewer = read_as("viewer", "cs")
    rows, [page] = behind(viewer, "/funding/projects_by_status/records?part=none")
    assert [row["Stav"] for row in rows] == ["stav neuveden"] * 5
    assert words(page.soup.select_one(".figs .big")) == "5"
    assert "Projekty podle stavu: stav neuveden" in words(page.soup.select_one(".lede"))


def test_behind_a_number_that_is_not_known_stand_the_projects_without_an_amount(read_as) -> None:
    viewer = read_as("viewer", "cs")
    georgia = viewer.get("/funding").soup.find("option", string="Gruzie")["value"]

    def unknown(path: str) -> list[str]:
        return [words(a) for a in viewer.get(f"/funding/{path}country={georgia}").soup.select("#gaps a")]

    whole = unknown("known_funding/records?")
    assert len(whole) == 3 and any("Podpora reintegrace gruzínských" in name for name in whole)
    assert unknown("known_funding_by_instrument/records?part=none&") == whole
    dashboard = viewer.get(f"/funding?country={georgia}")
    parts = [a["href"] for a in dashboard.soup.select("a[href*='by_framework/records']")]
    named = [words(a) for url in parts for a in viewer.get(url).soup.select("#gaps a")]
    assert sorted(named) == sorted(whole), "each stands under one framework"


def test_the_page_says_what_its_scope_asks_for(portfolio, kept_as) -> None:
    viewer = kept_as("viewer", lang="en")
    query = f"?framework={portfolio['first']}&instrument={portfolio['one']}&status=2&certainty=public&years=2010-2013"
    tags = [words(tag) for tag in viewer.get(f"/funding/known_funding/records{query}").soup.select(".tags .tag")]
    assert tags == [
        "Sources: by public sources too", "Framework: Alfa rámec",
        "Instrument: Alfa nástroj", "Status of projects: Implementation", "Years: 2010–2013",
    ]  # fmt: skip
    without = viewer.get("/funding/known_funding/records?instrument=0").soup.select(".tags .tag")
    assert [words(tag) for tag in without][1:] == ["Instrument: instrument not stated"]


def test_the_dashboard_names_the_filters_in_use_and_takes_each_away(portfolio, kept_as) -> None:
    viewer = kept_as("viewer", lang="en")
    query = f"?framework={portfolio['first']}&certainty=public&years=2010-2013"
    page = viewer.get(f"/funding{query}")
    chips = {words(chip).removesuffix(" remove this filter"): chip["href"] for chip in page.soup.select("a.chip")}
    assert chips == {
        "Framework: Alfa rámec": "/funding?certainty=public&years=2010-2013",
        "Years: 2010–2013": f"/funding?framework={portfolio['first']}&certainty=public",
        "Sources: by public sources too": f"/funding?framework={portfolio['first']}&years=2010-2013",
    }
    assert words(page.soup.select_one(".filters summary")) == "Filters: 3 in use", "the chips are what is counted"
    assert page.soup.select_one("form.filters-form input[name=years]")["value"] == "2010–2013"
    alone = viewer.get("/funding?certainty=public").soup
    assert [words(chip).removesuffix(" remove this filter") for chip in alone.select("a.chip")] == [
        "Sources: by public sources too"
    ]
    assert words(alone.select_one(".filters summary")) == "Filters: 1 in use"
    assert viewer.get("/funding?certainty=documents").soup.select(".chips") == []


def test_what_a_selection_of_years_leaves_out_because_it_has_no_date_is_told(portfolio, kept_as) -> None:
    viewer = kept_as("viewer", lang="en")
    whole = kept_as("viewer", lang="cs").get("/funding/known_funding/records")
    by_years = viewer.get("/funding/known_funding/records?years=2012-2013")
    told = words(by_years.soup.find(id="counting"))
    assert "Without a date" in told and "61 amounts are dated to no year" in told
    for currency, cents in shown_sums(whole).items():
        assert f"{currency} {cents / 100:,.2f}" in told
    assert "Without a date" not in words(whole.soup.find(id="counting"))
    page = words(viewer.get("/funding?years=2012-2013").soup.main)
    assert "61 amounts are dated to no year, so no selection of years holds them:" in page and "EUR 1,590.30" in page
    headline = load_workbook(BytesIO(viewer.browser.get("/funding/dashboard.xlsx?years=2012-2013").data)).worksheets[0]
    assert "61 amounts are dated to no year" in " ".join(str(row[0].value) for row in headline["A1:A6"])


def test_a_group_that_is_none_or_is_hidden_is_not_found(portfolio, kept_as) -> None:
    viewer = kept_as("viewer")
    for path in (
        "known_funding_by_instrument/records?part=99999", f"known_funding_by_instrument/records?part={portfolio['hidden']}",
        f"known_funding_by_framework/records?part={portfolio['umbrella']}", "projects_by_status/records?part=77",
        "known_funding/records?part=1", "projects/records?part=2",
    ):  # fmt: skip
        assert viewer.browser.get(f"/funding/{path}").status_code == 404, path


def test_a_group_that_has_become_empty_says_so_by_its_name(portfolio, kept_as) -> None:
    viewer = kept_as("viewer", lang="cs")
    page = viewer.get(
        f"/funding/known_funding_by_instrument/records?part={portfolio['one']}&framework={portfolio['second']}"
    )
    assert words(page.soup.select_one(".figs h2")) == "Alfa nástroj" and page.soup.select_one(".empty")
    assert words(page.soup.select_one(".figs .big")) == "neuvedeno"
