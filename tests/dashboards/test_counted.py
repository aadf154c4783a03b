"""The page behind a count: its definition, what it leaves out, for how many it is known, and exactly its records; the records
of any figure as files."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import openpyxl
import pytest
from sqlalchemy.orm import Session

from portal.figures import EVERYTHING, FIGURES, Scope
from portal.figures.counts import COUNTS
from portal.management.policy import OPEN
from portal.web.i18n import speaking
from tests.dashboards.test_funding import words

FILED = (
    "known_funding",
    "known_funding_by_year",
    "remaining",
    "projects_by_status",
    "silent_frameworks",
    "overdue_tasks",
)


@pytest.mark.parametrize("lang", ["cs", "en"])
def test_the_page_of_management_counts_and_each_count_leads_to_its_records(read_as, store, lang) -> None:
    viewer = read_as("viewer", lang=lang)
    overview = viewer.get("/management")
    with Session(store.reading) as s:
        found = {key: FIGURES[key].records(s, OPEN, EVERYTHING) for key in COUNTS}
        shown = {
            key: [getattr(one.record, "title", None) or one.record.name(lang) for one in found[key]] for key in COUNTS
        }
    assert len(shown["partners"]) > 20 and len(shown["silent_frameworks"]) > 10
    for key in COUNTS:
        address = f"/funding/{key}/records?certainty=all"
        page = viewer.get(address)
        assert (address in overview.links()) == (key != "frameworks")
        number = words(page.soup.select_one(".figs .big"))
        assert number == str(len(shown[key]))
        rows = [words(row.th) for row in page.soup.select("main table.flow tbody tr")]
        assert rows == [" ".join(name.replace("\xa0", " ").split()) for name in shown[key]][:50]
        told = words(page.soup.select_one("#counting"))
        set_days = {"cs": "Stanovený počet dní", "en": "Days set"}[lang]
        assert "PORTAL_" not in told and (set_days in told) == (key in ("stale_updates", "silent_frameworks"))


def test_filters_that_do_not_concern_a_count_are_named(read_as) -> None:
    viewer = read_as("viewer", lang="cs")
    address = "/funding/overdue_tasks/records?certainty=all&currency=EUR&years=2014&reach=own&country=999999999"
    assert "Filtry, které se tohoto čísla netýkají Zdroje, Měna, Souhrn za, Roky" in words(
        viewer.get(address).soup.main
    )
    said = words(viewer.get("/funding/events/records?years=2014&reach=led").soup.main)
    assert "netýkají" not in said and "Nic se tu nepočítá." in said


def test_a_status_that_is_derived_is_never_said_to_be_stated(read_as, store) -> None:
    """Coverage speaks of what is known: of some projects no source states the status, their dates tell it."""
    viewer = read_as("viewer", lang="cs")
    with Session(store.reading) as s:
        covered = FIGURES["stale_updates"].coverage(s, OPEN, EVERYTHING)
        groups = FIGURES["projects_by_status"].value(s, OPEN, EVERYTHING).groups
    assert 0 < sum(group.number for group in groups if ":" in group.key) < covered.known, "the portfolio has both"
    for path in ("/management", "/funding/stale_updates/records?certainty=all"):
        text = words(viewer.get(path).soup.main)
        assert f"stav je znám u {covered.known} " in text and "stav je uveden" not in text, path


def rows_of(person, address: str) -> list[dict[str, str]]:
    """The rows of an English CSV file by their heads."""
    text = person.get(address).response.get_data().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_files_hold_exactly_the_records_of_the_page_and_say_of_what_they_are(read_as, store) -> None:
    person, scope = read_as("viewer", lang="en"), Scope(certainty="public")
    for key in FILED:
        filed(person, store.reading, scope, key)
    assert person.get("/funding/projects/records.pdf", 404) and person.get("/funding/nothing/records.csv", 404)


def filed(person, engine, scope: Scope, key: str) -> None:
    """Page, CSV and workbook of one figure hold the same records."""
    figure = FIGURES[key]
    with speaking("en"):
        definition, name = str(figure.definition), str(figure.name)
    with Session(engine) as s:
        value = figure.value(s, OPEN, scope)
        plain = [g.key for g in value.groups if g.record_id is None] if figure.by else [None]
        held = figure.behind(OPEN, scope, part=plain[0]).all(s)
        sums = {c: one.total for c, one in value.sums.items()} if key == "known_funding" else {}
        ids = [(getattr(one, "flow", None) or getattr(one, "project", None) or one.record).id for one in held]
    asked = f"?certainty=public{f'&part={plain[0]}' if plain[0] else ''}"
    page = person.get(f"/funding/{key}/records{asked}")
    links = [a["href"] for a in page.soup.select("main a.btn") if f"/funding/{key}/records." in a["href"]]
    assert len(links) == (2 if ids else 0), key
    rows = rows_of(person, f"/funding/{key}/records.csv{asked}")
    assert [int(row["Record no. / Č. záznamu"]) for row in rows] == ids and (
        ids or key in ("remaining", "overdue_tasks")
    )
    for row in rows:
        assert row["Definition / Definice"] == definition and row["Figure / Ukazatel"].startswith(name)
        assert "public sources" in row["Selection / Výběr"] and row["Moment / Stav"].startswith("Made on ")
    for currency, total in sums.items():
        counted = [row for row in rows if row["Counts / Počítá se"] == "yes"]
        amounts = [Decimal(row["Amount / Částka"]) for row in counted if row["Currency / Měna"] == currency]
        assert sum(amounts) == total.decimal
    body = person.browser.get(f"/funding/{key}/records.xlsx{asked}").data
    sheet = openpyxl.load_workbook(io.BytesIO(body)).active
    head = [sheet.cell(n, 1).value for n in range(1, 5)]
    assert head[0].startswith(name) and head[2] == definition and "public sources" in head[1]
    assert [row[0] for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)] == ids
