"""The dashboard on the seed portfolio: chart, table, Excel and CSV say the same; unknown is missing, never zero."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest

from portal.dashboards import charts, frames, library
from portal.dashboards.charts import years
from portal.dashboards.queries import CHARTS
from portal.figures import FIGURES, Scope
from portal.kernel import clock
from portal.kernel.permission import SYSTEM
from tests.dashboards.test_funding import drawings, words


def money_frame(s, key: str, certainty: str):
    return frames.money_frame(FIGURES[key].value(s, SYSTEM, Scope(certainty=certainty)), "cs", "neuveden")


def test_by_documents_the_top_up_stands_once_under_no_instrument(seeded) -> None:
    frame = money_frame(seeded, "known_funding_by_instrument", "documents")
    known = frame[frame["minor"].notna()]
    assert [(r.key, int(r.minor), r.currency) for r in known.itertuples()] == [("none", 60_000_000, "EUR")]
    [programme] = frame[frame["minor"].isna()].itertuples()
    assert programme.name.startswith("Tematický program")


def test_with_public_sources_what_is_included_does_not_add(seeded) -> None:
    frame = money_frame(seeded, "known_funding_by_framework", "public")
    known = frame[frame["minor"].notna()]
    assert sorted(int(m) for m in known["minor"]) == [300_000_000, 360_000_000]
    assert all(known["approximate"])


@pytest.mark.parametrize("certainty", ["documents", "public", "all"])
def test_no_drawing_holds_a_zero_for_an_unknown(seeded, certainty) -> None:
    for key in CHARTS[:2]:
        frame = money_frame(seeded, key, certainty)
        drawings = charts.money_charts(
            frame, dict.fromkeys(("unknown", "document", "public", "unsure", "uncited", "about"), "x"), ", ", str, str
        )
        drawn = [value for drawing in drawings for trace in drawing["data"] for value in trace["x"]]
        assert len(drawn) == int(frame["minor"].notna().sum())
        assert all(value > 0 for value in drawn)


def test_the_axis_leaves_room_for_the_longest_label(seeded) -> None:
    words = dict.fromkeys(("unknown", "document", "public", "unsure", "uncited", "about"), "")
    frame = money_frame(seeded, "known_funding_by_framework", "public")
    for long in (10, 40):
        [drawing] = charts.money_charts(frame, words, ", ", lambda amount, long=long: "9" * long, str)
        for layout, width in ((drawing["layout"], charts.WIDE), (drawing["narrow"], charts.NARROW)):
            free = 1 - 3_600_000 / layout["xaxis"]["range"][1]
            assert free * width >= min(long * charts.LETTER, 0.79 * width)


def test_an_axis_of_few_projects_numbers_whole_ones(read_as) -> None:
    viewer = read_as("viewer", "cs")
    georgia = viewer.get("/funding").soup.find("option", string="Gruzie")["value"]
    for query, step in ((f"?country={georgia}", 1), ("?certainty=public", None)):
        [drawing] = drawings(viewer.get(f"/funding{query}"), "projects_by_status")
        assert drawing["layout"]["xaxis"].get("dtick") == step


def test_where_nothing_is_known_the_axis_has_no_numbers(read_as) -> None:
    viewer = read_as("viewer", "cs")
    georgia = viewer.get("/funding").soup.find("option", string="Gruzie")["value"]
    for query, told in ((f"?country={georgia}", False), (f"?country={georgia}&certainty=public", True)):
        [drawing] = drawings(viewer.get(f"/funding{query}"), "known_funding_by_framework")
        assert drawing["layout"]["xaxis"]["showticklabels"] is told


@pytest.mark.parametrize("certainty", ["documents", "public"])
def test_chart_table_excel_and_csv_agree_to_the_cent(seeded_as, certainty) -> None:
    client = seeded_as("viewer", lang="cs")
    page = client.get(f"/funding?certainty={certainty}")
    for key in CHARTS[:2]:
        drawing = json.loads(page.soup.find(id=f"data-{key}-1").string)
        drawn = sorted(round(value * 100) for trace in drawing["data"] for value in trace["x"])
        table = page.soup.find(id=f"chart-{key}").find_parent("section").find("table")
        cells = [row.find_all("td")[-1].get_text() for row in table.select("tbody tr")]
        tabled = sorted(_minor(cell) for cell in cells if "EUR" in cell)
        file = client.browser.get(f"/funding/{key}.xlsx?certainty={certainty}")
        sheet = openpyxl.load_workbook(io.BytesIO(file.data)).active
        taken = sorted(
            round(cell.value * 100) for row in sheet.iter_rows() for cell in row
            if isinstance(cell.value, (int, float)) and cell.value >= 1000
        )  # fmt: skip
        csv = client.browser.get(f"/funding/{key}.csv?certainty={certainty}").data.decode("utf-8-sig")
        fields = [field for line in csv.splitlines()[1:] for field in line.split(";")]
        separated = sorted(_minor(f) for f in fields if f.replace(",", "").isdigit() and len(f) > 5)
        assert drawn == tabled == taken == separated and drawn


def _minor(text: str) -> int:
    digits = "".join(ch for ch in text if ch.isdigit() or ch == ",")
    whole, _comma, cents = digits.partition(",")
    return int(whole) * 100 + int((cents or "0").ljust(2, "0"))


def test_a_label_cannot_act_inside_a_drawing() -> None:
    assert charts.safe("<b>50 % & $x$ %{y}") == "&lt;b&gt;50 % &amp; &#36;x&#36; %\u200b{y}"


def test_the_library_names_the_style_it_would_inject() -> None:
    assert all(len(one) == 64 for one in library.style_ids()) and library.style_ids()


def test_what_ends_a_script_element_cannot_stand_in_the_data() -> None:
    from portal.dashboards.views import data_block

    text = str(data_block({"name": "</script><!--&"}))
    assert "<" not in text and ">" not in text and json.loads(text) == {"name": "</script><!--&"}


def test_the_workbook_of_the_page_holds_every_chart_and_says_what_was_asked(read_as) -> None:
    viewer = read_as("viewer", "cs")
    georgia = viewer.get("/funding").soup.find("option", string="Gruzie")["value"]
    page = viewer.get(f"/funding?country={georgia}&certainty=public")
    [link] = [a["href"] for a in page.soup.select("a.btn") if "dashboard.xlsx" in a["href"]]
    with clock.stopped_at(clock.now()):
        book = openpyxl.load_workbook(io.BytesIO(viewer.browser.get(link).data))
        alone = [viewer.browser.get(f"/funding/{key}.xlsx?country={georgia}&certainty=public").data for key in CHARTS]
    first, *sheets, last = book.worksheets
    assert (first.title, last.title, len(sheets)) == ("Hlavní údaj", "Co nevíme", len(CHARTS))
    told = [[cell for cell in row if cell is not None] for row in first.iter_rows(values_only=True)]
    assert told[-1] == ["Známé financování", "≈", 3_000_000, "EUR", "doloženo veřejným zdrojem", 1]
    counted = "projektů se známou částkou 1, v rámci většího celku 0, bez známé částky 2"
    assert [counted] in told and counted in {row[0] for row in last.iter_rows(values_only=True)}
    named = [words(li.a) for li in page.soup.select("#gaps li")]
    assert [row[0].replace("\u00a0", " ") for row in list(last.iter_rows(values_only=True))[-2:]] == named
    for file, ws in zip(alone, sheets, strict=True):
        cells = [str(cell.value) for row in ws for cell in row if cell.value is not None]
        assert any("Pro zemi: Gruzie" in text for text in cells)
        [one] = openpyxl.load_workbook(io.BytesIO(file)).worksheets
        assert [[c.value for c in row] for row in ws] == [[c.value for c in row] for row in one]
    assert viewer.browser.get("/funding/dashboard.csv").status_code == 404


@pytest.mark.parametrize("many", [3, 26, 41])
def test_the_last_year_is_named_below_its_bars(many) -> None:
    labels = {str(year): str(year) for year in range(2027 - many, 2027)} | {"none": "bez data"}
    drawn = years._drawing([], labels, "EUR", "EUR", ", ")
    for width, most in (("wide", 12), ("narrow", 4)):
        named = drawn[width]["xaxis"]["ticktext"]
        assert "2026" in named and "bez data" in named and len(named) <= most + 1
