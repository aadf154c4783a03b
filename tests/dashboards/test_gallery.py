"""Every declared chart: drawing, table, CSV, Excel and text say the same, lead to their records, and are safe."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from portal.dashboards.charts import atlas
from portal.dashboards.gallery import GALLERY, GROUPS
from portal.web.i18n import speaking
from tests.dashboards.test_funding import drawings, words
from tests.dashboards.test_native import drawn_by_excel

KEYS = sorted(GALLERY)


def shown(page, key: str) -> list[list[str]]:
    card = page.soup.find(id=f"chart-{key}").find_parent("section")
    return [[words(cell) for cell in row.find_all(["th", "td"])] for row in card.select("tbody tr")]


@pytest.mark.parametrize("lang", ["cs", "en"])
@pytest.mark.parametrize("key", KEYS)
def test_table_csv_and_excel_of_each_chart_hold_the_same_rows(read_as, key, lang) -> None:
    viewer = read_as("viewer", lang)
    page = viewer.get(f"/charts/{key}?certainty=all")
    rows = shown(page, key)
    if key == "years":  # the sources of the seed state no type of any flow
        assert rows == [] and page.soup.select(".empty")
        return
    assert rows and page.soup.select_one(".lede").get_text(strip=True)
    text = viewer.browser.get(f"/charts/{key}.csv?certainty=all").data.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text), delimiter=";" if lang == "cs" else ","))
    book = openpyxl.load_workbook(io.BytesIO(viewer.browser.get(f"/charts/{key}.xlsx?certainty=all").data))
    ws = book.active
    head = next(
        n
        for n, row in enumerate(ws.iter_rows(values_only=True), 1)
        if str(row[0]).startswith(lines[0][0].split(" / ")[0] + "\n")
    )
    width = len(lines[0])
    sheet = [[cell.value for cell in row[:width]] for row in ws.iter_rows(min_row=head + 1, max_row=head + len(rows))]
    assert len(lines) - 1 == len(rows) == len([row for row in sheet if row[0] is not None])
    for tabled, separated, filed in zip(rows, lines[1:], sheet, strict=True):
        assert tabled[0].split(":")[0] in separated[0].replace("\u00a0", " ") and separated[0] == filed[0]
    said = dict(zip(lines[0][-4:], lines[1][-4:], strict=True))
    heads = ("Graf / Chart", "Definice / Definition", "Výběr / Selection", "Stav / Moment")
    values = [said[one if lang == "cs" else " / ".join(reversed(one.split(" / ")))] for one in heads]
    assert all(line[-4:] == lines[1][-4:] for line in lines[1:]), "each row says what it is of"
    with speaking(lang):
        assert values[:2] == [str(GALLERY[key].name), str(GALLERY[key].definition)]
    assert values[2].startswith(("Zdroje: ", "Sources: ")) and values[3].startswith(("Vytvořeno ", "Made on "))
    [native] = ws._charts
    at = native.anchor._from
    printed = [range_boundaries(area.split("!")[-1].replace("$", "")) for area in ws.print_area.split(",")]
    assert any(c1 <= at.col + 1 <= c2 and r1 <= at.row + 1 <= r2 for c1, r1, c2, r2 in printed), "it is printed"


MONEY_KEYS = [key for key in KEYS if key.startswith("known_funding_by") or key in ("ways", "years")]


@pytest.mark.parametrize("key", MONEY_KEYS)
def test_chart_table_csv_and_excel_agree_to_the_cent(client_as, money, key) -> None:
    viewer = client_as("viewer", lang="en")
    page = viewer.get(f"/charts/{key}?certainty=public")
    tabled: Counter = Counter()
    for row in page.soup.find(id=f"chart-{key}").find_parent("section").select("tbody tr"):
        cells = [words(cell) for cell in row.find_all(["th", "td"]) if words(cell).lstrip("≈ ")[:4] in ("EUR ", "CZK ")]
        if cells:
            code, amount = cells[0].split(":")[0].removeprefix("≈ ").split()
            tabled[code] += round(float(amount.replace(",", "")) * 100)
    separated: Counter = Counter()
    text = viewer.browser.get(f"/charts/{key}.csv?certainty=public").data.decode("utf-8-sig")
    heads, *lines = csv.reader(io.StringIO(text))
    place = next(n for n, head in enumerate(heads) if head.startswith(("Known amount", "Amount")))
    for line in lines:
        if line[place + 1] in ("EUR", "CZK"):
            separated[line[place + 1]] += round(float(line[place]) * 100)
    ws = openpyxl.load_workbook(io.BytesIO(viewer.browser.get(f"/charts/{key}.xlsx?certainty=public").data)).active
    rows = [[cell.value for cell in row] for row in ws.iter_rows()]
    keys = next(row for row in rows if "amount" in row)
    amount, currency = keys.index("amount"), keys.index("amount_currency")
    head = rows.index(keys) + 1
    filed: Counter = Counter()
    for row in rows[head + 1 :]:
        if row[currency] in ("EUR", "CZK"):
            filed[row[currency]] += round(float(row[amount]) * 100)
    drawn: Counter = Counter()
    for drawing in (d for d in drawings(page, key) if not d.get("added")):
        for trace in drawing["data"]:
            if trace["type"] == "sankey":
                first = [
                    v
                    for v, a in zip(trace["link"]["value"], trace["link"]["source"], strict=True)
                    if a < trace["link"]["target"][0]
                ]
                drawn[drawing["currency"]] += round(sum(first) * 100)
            else:
                lengths = trace["x"] if trace.get("orientation") == "h" else trace["y"]
                drawn[drawing["currency"]] += round(sum(lengths) * 100)
    paid = 20 if key == "years" else 0  # a payment beside its commitment is no more funding
    wanted = {"EUR": sum(100_010 + 100 * n for n in range(20)) + paid, "CZK": 77_770}
    assert dict(tabled) == dict(separated) == dict(filed) == dict(drawn) == wanted
    assert dict(drawn_by_excel(ws, keys, head + 2)) == wanted
    if "known" in keys:  # of a group of several rows the projects are counted once
        names = [row[0] for row in rows[head + 1 :] if row[0]]
        for column in (keys.index(count) for count in ("known", "within", "unknown")):
            counts = [row[column] for row in rows[head + 1 :] if row[0]]
            assert [type(n) is int for n in counts] == [name not in names[:place] for place, name in enumerate(names)]
    assert (
        "<b>" not in json.dumps(drawings(page, key)).replace("<b>Prov", "").replace("\u003cb\u003e", "")
        or key == "ways"
    )


def test_what_a_drawing_of_ways_does_not_name_is_summed_and_leads_to_its_flows(client_as, money) -> None:
    viewer = client_as("viewer", lang="en")
    page = viewer.get("/charts/ways?certainty=public")
    euro = next(d for d in drawings(page, "ways") if d["currency"] == "EUR")
    node = euro["data"][0]["node"]
    place = next(n for n, label in enumerate(node["label"]) if label == "8 others")
    link = euro["data"][0]["link"]
    summed = sum(v for v, a in zip(link["value"], link["source"], strict=True) if a == place)
    assert round(summed * 100) == sum(100_010 + 100 * n for n in range(8))
    behind = viewer.get(node["customdata"][place])
    entries = [words(li) for li in behind.soup.select(".plain-list li")]
    assert len(entries) == 8 and entries[0].endswith("EUR 1,007.10")
    rough = next(d for d in drawings(page, "ways") if d["currency"] == "CZK")["data"][0]["link"]["label"]
    assert rough and all(label.endswith(": ≈\u00a0CZK\u00a0777.70") for label in rough)
    assert not any("≈" in label for label in link["label"])
    assert "rounded to what a screen or paper can draw" in words(
        page.soup.select_one(".chart-card > .pad > p.muted:not(.key)")
    )
    assert all(
        "<b>" not in label and "%{" not in label and "$" not in label for label in (*node["label"], *link["label"])
    )


def test_years_add_up_and_lead_to_the_explanation_of_each(client_as, money) -> None:
    viewer = client_as("viewer", lang="en")
    page = viewer.get("/charts/years?certainty=public")
    rows = shown(page, "years")
    assert [row[:2] for row in rows] == [["2013", "Commitments"], ["2014", "Payments"], ["2015–2016", "Commitments"]]
    assert rows[2][-1] == "not of one year", "what is dated over years is not added to any of them"
    for link in page.soup.select(".chart-table tbody a"):
        amount = words(viewer.get(link["href"]).soup.select_one(".figs .big"))
        assert amount == words(link).split(":")[0].strip()


def test_the_years_of_commitments_run_on_to_the_last_year_shown(client_as, money) -> None:
    found = [
        d
        for d in drawings(client_as("viewer", lang="en").get("/charts/years?certainty=public"), "years")
        if d.get("added")
    ]
    [commitments] = [
        line for d in found for line in d["data"] if line["name"] == "Commitments" and d["currency"] == "EUR"
    ]
    assert (
        commitments["x"] == [0, 1]
        and commitments["y"][0] == commitments["y"][1]
        and len(commitments["customdata"]) == 1
    )


def test_what_the_stacks_draw_is_what_the_table_and_the_records_say(read_as) -> None:
    viewer = read_as("viewer", "cs")
    for key in ("statuses", "lights"):
        page = viewer.get(f"/charts/{key}?certainty=all")
        [drawing] = drawings(page, key)
        bars, pale = Counter(), Counter()
        for trace in drawing["data"]:
            soft = trace["marker"]["line"]["width"] == 1
            for url, y, said in zip(trace["customdata"], trace["y"], trace["hovertext"], strict=True):
                bars[url] += y
                pale[url] += y * soft
                assert said.endswith("(naposledy uvedeno dříve)") == soft
        card = page.soup.find(id=f"chart-{key}").find_parent("section")
        cells = {row.a["href"]: [words(cell) for cell in row.find_all("td")[-2:]] for row in card.select("tbody tr")}
        linked = {url: int(number.split(":")[0]) for url, (number, _held) in cells.items()}
        assert bars == {url: n for url, n in linked.items() if n}
        assert pale == {url: int(held) for url, (_number, held) in cells.items() if linked[url]}
        assert ("světleji" in words(card.select_one(".chart-key"))) == (sum(pale.values()) > 0)
        book = openpyxl.load_workbook(io.BytesIO(viewer.browser.get(f"/charts/{key}.xlsx?certainty=all").data))
        titles = [one.tx.v for one in book.active._charts[0].series]
        assert any("naposledy uvedeno dříve" in title for title in titles) == (sum(pale.values()) > 0)
        for url in list(bars)[-4:]:
            behind = viewer.get(url)
            said = [words(li) for li in behind.soup.select(".plain-list li")]
            assert len(said) == bars[url] and sum("od té doby už nikým" in one for one in said) == pale[url]
        last = Counter(url.split("part=")[1].split("%3A")[0].split(":")[0] for url in linked)
        assert len(set(last.values())) == 1, "every moment has every group"


def test_the_map_counts_the_projects_and_frameworks_its_discs_lead_to(read_as) -> None:
    viewer = read_as("viewer", "en")
    page = viewer.get("/charts/partners?certainty=public")
    [drawing] = drawings(page, "partners")
    [discs] = [trace for trace in drawing["data"] if trace["mode"] == "markers+text"]
    rows = {row[0]: int(row[1]) + int(row[2]) for row in shown(page, "partners")}
    assert len(rows) == 8 and rows["Georgia"] == 5 and [int(n) for n in discs["text"]] == list(rows.values())
    for url, number in zip(discs["customdata"], discs["text"], strict=True):
        assert len(viewer.get(url).soup.select(".plain-list a")) == int(number)
    assert "UNSCR 1244/1999" in page.soup.get_text()


def test_the_timeline_draws_what_is_dated_and_names_what_is_not(read_as) -> None:
    viewer = read_as("viewer", "cs")
    page = viewer.get("/charts/timeline?certainty=all")
    rows = shown(page, "timeline")
    undated = [row for row in rows if row[1:] == ["neuvedeno", "neuvedeno"]]
    [drawing] = drawings(page, "timeline")
    drawn = {url for trace in drawing["data"] for url in trace["customdata"]}
    assert (len(rows), len(undated), len(drawn)) == (14, 2, 12)
    assert all(url.startswith("/projects/") for url in drawn)
    assert viewer.browser.get("/charts/timeline?page=9999").status_code == 200


def test_disputed_lines_are_drawn_as_the_union_words_them() -> None:
    shapes = json.loads(atlas.FILE.read_text(encoding="utf-8"))["outlines"]

    def holder(longitude: float, latitude: float) -> set[str]:
        found = set()
        for code, rings in shapes.items():
            for ring in rings:
                points = list(zip(ring[::2], ring[1::2], strict=True))
                inside = False
                for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True):
                    if (y1 > latitude) != (y2 > latitude) and longitude < (x2 - x1) * (latitude - y1) / (y2 - y1) + x1:
                        inside = not inside
                if inside:
                    found.add(code)
        return found

    places = {
        (34.1, 44.95): "UA", (41.1, 43.0): "GE", (43.95, 42.3): "GE", (29.6, 46.85): "MD", (33.4, 35.28): "CY",
        (35.8, 33.0): "SY", (35.2, 31.95): "PS", (-13.0, 27.0): "EH", (-10.5, 26.2): "EH", (21.0, 42.6): "XK",
        (121.0, 24.0): "TW", (37.6, 55.7): "RU",
    }  # fmt: skip
    assert {place: holder(*place) for place in places} == {place: {code} for place, code in places.items()}


def test_no_page_of_charts_asks_another_host_and_pages_without_charts_carry_no_library(read_as) -> None:
    viewer = read_as("viewer", "cs")
    for path in [f"/charts?group={group}" for group in GROUPS] + ["/charts/partners"]:
        page = viewer.get(path)
        text = str(page.soup)
        assert "plotly.min" in text and "topojson" not in text and not page.soup.select("script[src^='http']")
    part = viewer.get(f"/charts/statuses/part?part=2014-12-31:{'none'}&certainty=all")
    assert "plotly" not in str(part.soup)
    for wrong in (
        "statuses/part?part=x",
        "statuses/part?part=2014-12-31:z",
        "partners/part?part=²",
        "none",
        "timeline.pdf",
    ):
        assert viewer.browser.get(f"/charts/{wrong}").status_code == 404, wrong


def test_a_filtered_file_says_its_selection(read_as) -> None:
    viewer = read_as("viewer", "cs")
    georgia = viewer.get("/funding").soup.find("option", string="Gruzie")["value"]
    for path in ("/funding/known_funding_by_framework.csv", "/charts/ways.csv"):
        for query, told in (("", False), (f"&country={georgia}", True)):
            text = viewer.browser.get(f"{path}?certainty=public{query}").data.decode("utf-8-sig")
            rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
            assert rows and {"Pro zemi: Gruzie" in row["Výběr / Selection"] for row in rows} == {told}, path
            assert all("veřejn" in row["Výběr / Selection"] for row in rows), path
