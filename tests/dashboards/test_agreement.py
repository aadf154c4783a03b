"""The same cent in the chart, its table, its Excel and its CSV; labels no text can break out of."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import openpyxl
import pytest

from portal.dashboards.charts import safe
from portal.kernel import transaction
from portal.kernel.money import Money
from portal.kernel.transaction import change
from tests.dashboards.test_funding import drawings, table
from tests.factories import frameworks, funding

KEY = "known_funding_by_instrument"
NASTY = "<b>&amp;%{x}$y$</script><!--"


@pytest.fixture
def cents(engine) -> None:
    """Amounts that binary fractions cannot hold, in two currencies, and one that is unknown."""
    with transaction.unit(engine) as s, change(s, None, "command", actor_name="zkouška"):
        framework = frameworks.framework(s, "Rámec")
        project = funding.project(s, "Projekt", framework=framework)
        first, second = (funding.instrument(s, name) for name in ("Alfa", "Beta"))
        third = funding.instrument(s, NASTY)
        for _ in range(3):
            funding.flow(s, project, "0.10", instrument=first)
        funding.flow(s, project, "999999999999.99", instrument=second)
        funding.flow(s, project, Money.of("1234.50", "CZK"), instrument=second)
        funding.flow(s, project, "600000", instrument=third, certainty="public", amount_mark="rounded")
        funding.flow(s, funding.project(s, "Bez částky", framework=framework), None)


def amounts_of_table(page) -> dict[tuple[str, str], Decimal]:
    found = {}
    for name, certainty, text in table(page, KEY):
        if text != "neuvedeno":
            number, currency = text.removeprefix("≈ ").rsplit(" ", 1)
            place = (f"{name} {certainty}", currency)
            found[place] = Decimal(number.replace(" ", "").replace(",", "."))
    return found


@pytest.mark.parametrize("query", ["?certainty=documents", "?certainty=public"])
def test_chart_table_excel_and_csv_agree_to_the_cent(client_as, cents, query) -> None:
    viewer = client_as("viewer", lang="cs")
    page = viewer.get(f"/funding{query}")
    wanted = amounts_of_table(page)
    assert sum(v for (_n, c), v in wanted.items() if c == "CZK") == Decimal("1234.50")
    assert wanted["Alfa doloženo dokumentem ministerstva", "EUR"] == Decimal("0.30")
    assert wanted["Beta doloženo dokumentem ministerstva", "EUR"] == Decimal("999999999999.99")
    assert (len(wanted) == 4) == (query == "?certainty=public")

    rows = list(
        csv.DictReader(
            io.StringIO(viewer.browser.get(f"/funding/{KEY}.csv{query}").data.decode("utf-8-sig")), delimiter=";"
        )
    )
    assert by_file(rows, lambda text: Decimal(text.replace(",", "."))) == wanted

    book = openpyxl.load_workbook(io.BytesIO(viewer.browser.get(f"/funding/{KEY}.xlsx{query}").data))
    lines = [list(row) for row in book.active.iter_rows(values_only=True)]
    head = next(n for n, line in enumerate(lines) if str(line[0]).startswith("Nástroj\n"))
    sheet = [
        dict(zip([str(c).replace("\n", " / ") for c in lines[head]], line, strict=True)) for line in lines[head + 1 :]
    ]
    assert by_file(sheet, lambda number: Decimal(str(number))) == wanted

    drawn: dict[str, float] = {}
    for drawing in drawings(page, KEY):
        for trace in drawing["data"]:
            drawn[drawing["currency"]] = drawn.get(drawing["currency"], 0) + sum(trace["x"])
    assert {c: Decimal(str(round(v, 2))) for c, v in drawn.items()} == {
        c: sum(v for (_n, of), v in wanted.items() if of == c) for c in ("CZK", "EUR")
    }


def by_file(rows, number) -> dict[tuple[str, str], Decimal]:
    return {
        (f"{row['Nástroj / Instrument']} {row['Jistota / Certainty']}", row["Měna / Currency"]): number(
            row["Známá částka / Known amount"]
        )
        for row in rows
        if row["Měna / Currency"] not in (None, "", "neuvedeno")
    }


def test_currencies_never_share_an_axis(client_as, cents) -> None:
    page = client_as("viewer").get("/funding")
    found = drawings(page, KEY)
    assert [d["currency"] for d in found] == ["CZK", "EUR", None]
    assert found[-1]["data"] == [] and all(drawing["data"] for drawing in found[:-1]), (
        "what is not known is of no currency"
    )
    for drawing in found[:-1]:
        assert {trace["name"] for trace in drawing["data"]} == {"document of the ministry"} or drawing["data"]
        assert max(x for trace in drawing["data"] for x in trace["x"]) < drawing["layout"]["xaxis"]["range"][1]


def test_a_file_is_the_same_bytes_for_the_same_data_and_moment(client_as, cents, engine) -> None:
    viewer = client_as("viewer", lang="cs")
    address = f"/k/1/funding/{KEY}.xlsx"
    assert viewer.browser.get(address).data == viewer.browser.get(address).data


@pytest.mark.parametrize("lang", ["cs", "en"])
def test_a_name_can_break_out_of_neither_label_nor_page(client_as, cents, lang) -> None:
    viewer = client_as("viewer", lang=lang)
    answer = viewer.browser.get("/funding?certainty=public").get_data(as_text=True)
    assert "</script><!--" not in answer and "<b>&amp;%{x}" not in answer
    page = viewer.get("/funding?certainty=public")
    labels = [text for drawing in drawings(page, KEY) for text in drawing["wide"]["yaxis"]["ticktext"]]
    [nasty] = {text for text in labels if "script" in text}
    assert "<b>" not in nasty and "%{" not in nasty and "$" not in nasty
    hovers = [h for d in drawings(page, KEY) for t in d["data"] for h in t["hovertext"] if "script" in h]
    assert hovers and all("<" not in h and "%{" not in h and "$" not in h for h in hovers)
    assert NASTY in [name for name, *_rest in table(page, KEY)]


def test_safe_labels_keep_their_words() -> None:
    assert safe("Česko & „Gruzie“") == "Česko &amp; „Gruzie“"
    assert safe("a<b>%{c}$d$") == "a&lt;b&gt;%\u200b{c}&#36;d&#36;"


def test_an_empty_selection_says_so(client_as, engine) -> None:
    page = client_as("viewer", lang="cs").get("/funding")
    assert page.soup.select(".empty") and not page.soup.find_all("script", type="application/json")
    assert "neuvedeno" in page.soup.select_one(".figs").get_text()
