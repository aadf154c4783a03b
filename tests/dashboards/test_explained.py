"""How a number came about: why each flow does not add, its sources, warnings, the link that gives the number again."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from portal.kernel import transaction
from portal.kernel.transaction import change
from portal.projects.models import Project
from portal.sources.facts import Pair
from tests.dashboards.test_funding import words
from tests.dashboards.test_records import shown_sums
from tests.factories import frameworks, funding, partners
from tests.portfolio.test_query_counts import queries


@pytest.fixture(scope="module")
def told(kept_engine) -> dict[str, int]:
    """Every way in which a flow is told by another, a hidden teller, and two projects that may be one and the same."""
    with transaction.unit(kept_engine) as s, change(s, None, "command", actor_name="zkouška"):
        giver, place = funding.organisation(s, "Dárce"), frameworks.framework(s, "Vyprávěný rámec")
        one = funding.project(s, "Vyprávěný projekt", framework=place)
        old = funding.flow(
            s, one, "100.01", type_code="2", provider=giver.id, name=Pair("Starý závazek", "Old commitment")
        )
        new = funding.flow(
            s,
            one,
            "120.02",
            type_code="2",
            provider=giver.id,
            supersedes=old.id,
            name=Pair("Nový závazek", "New commitment"),
        )
        part = funding.flow(s, one, "20.00", type_code="2", included_in=new, name=Pair("Část", "Part"))
        paid = funding.flow(s, one, "50.05", type_code="3", provider=giver.id, name=Pair("Platba", "Payment"))
        inner = funding.flow(s, one, "7.07", type_code="2", provider=place.id, name=Pair("Uvnitř", "Within"))
        other = funding.project(s, "Vyprávěný projekt jinak", framework=place)
        rounded = funding.flow(s, other, "300.03", amount_mark="rounded", name=Pair("Přibližně", "About"))
        partners.link(s, one, other)
        secret = funding.flow(
            s, other, "999", supersedes=rounded.id, confidential=True, name=Pair("Tajná částka", "Secret sum")
        )
        ids = {"old": old, "new": new, "part": part, "paid": paid, "inner": inner, "rounded": rounded, "place": place}
        return {key: record.id for key, record in ids.items()} | {"one": one.id, "secret": secret.id}


WHY = {
    "cs": {
        "new": "ano", "rounded": "ano", "old": "ne: nahrazeno novější částkou: Nový závazek",
        "part": "ne: zahrnuto v jiném toku výběru: Nový závazek",
        "paid": "ne: jiná fáze peněz, které se už počítají: Nový závazek",
        "inner": "ne: peníze předané uvnitř výběru: Vyprávěný rámec",
    },
    "en": {
        "new": "yes", "rounded": "yes", "old": "no: superseded by a newer sum: New commitment",
        "part": "no: included in another flow of the selection: New commitment",
        "paid": "no: another stage of money that counts already: New commitment",
        "inner": "no: money passed on within the selection: Vyprávěný rámec",
    },
}  # fmt: skip


@pytest.mark.parametrize("lang", ["cs", "en"])
def test_each_row_says_why_it_does_not_add_and_leads_to_what_it_is_counted_with(told, kept_as, lang) -> None:
    page = kept_as("viewer", lang=lang).get(f"/funding/known_funding/records?framework={told['place']}")
    rows = {row.th.a["href"]: row for row in page.soup.select("main table.flow tbody tr")}
    said, leading = {}, {}
    for key in WHY[lang]:
        cell = rows[f"/flows/{told[key]}"].find_all("td")[-1]
        leading[key] = [a["href"] for a in cell.find_all("a") if "src" not in a.get("class", ())]
        for mark in cell.select(".src"):
            mark.decompose()
        said[key] = words(cell).replace("\u2060", "").replace(" :", ":")
    assert said == WHY[lang]
    new = [f"/flows/{told['new']}"]
    assert leading == {
        "new": [], "rounded": [], "old": new, "part": new, "paid": new, "inner": [f"/frameworks/{told['place']}"]
    }  # fmt: skip
    assert len(rows) == 6 and "Tajn" not in page.text and "Secret" not in page.text
    assert f"/flows/{told['secret']}" not in page.text


def test_files_say_of_an_inferred_inclusion_that_it_is_inferred_as_the_page_does(client_as, engine) -> None:
    """The same words on the page, in its CSV and in its workbook."""
    with transaction.unit(engine) as s, change(s, None, "command", actor_name="zkouška"):
        project = funding.project(s, "Projekt")
        whole = funding.flow(s, project, "10.10", name=Pair("Celek", ""))
        stated = funding.flow(s, project, "1.01", included_in=whole, name=Pair("Díl", ""))
        inferred = funding.flow(s, project, "2.02", included_in=whole, certainty="unsure", name=Pair("Domněnka", ""))
        assert (stated.included_certainty, inferred.included_certainty) == ("document", "unsure")
    viewer, asked = client_as("viewer", lang="cs"), "?certainty=all"
    page = viewer.get(f"/funding/known_funding/records{asked}")
    told = {words(row.th.a): words(row.find_all("td")[-1]) for row in page.soup.select("main table.flow tbody tr")}
    text = viewer.browser.get(f"/funding/known_funding/records.csv{asked}").data.decode("utf-8-sig")
    filed = {row["Tok / Flow"]: row["Proč ne / Why not"] for row in csv.DictReader(io.StringIO(text), delimiter=";")}
    book = viewer.browser.get(f"/funding/known_funding/records.xlsx{asked}").data
    cells = {str(cell.value) for row in openpyxl.load_workbook(io.BytesIO(book)).active.iter_rows() for cell in row}
    included = "zahrnuto v jiném toku výběru"
    assert filed == {"Celek": "", "Díl": included, "Domněnka": f"{included} (odvozeno)"}
    assert told["Domněnka"].startswith(f"ne: {filed['Domněnka']}") and "odvozeno" not in told["Díl"]
    assert {included, f"{included} (odvozeno)"} <= cells


def test_each_amount_carries_its_source_and_the_page_lists_them(told, kept_as) -> None:
    viewer = kept_as("viewer", lang="cs")
    page = viewer.get(f"/funding/known_funding/records?framework={told['place']}")
    assert words(page.soup.h1) == "Jak číslo vzniklo" and page.soup.title.text.startswith("Jak číslo vzniklo: ")
    listed = {li["id"]: li for li in page.soup.select("#sources ol > li")}
    marks = [a["href"][1:] for a in page.soup.select("main table.flow td[data-l=Částka] a.src--document")]
    assert len(marks) == 6 and set(marks) <= set(listed)
    assert all("600 000 EUR" in words(li.blockquote) for li in listed.values())
    [about] = [
        row for row in page.soup.select("main table.flow tbody tr") if row.th.a["href"].endswith(f"/{told['rounded']}")
    ]
    assert words(about.select_one("td[data-l=Částka]")).replace("\u00a0", " ").startswith("≈ 300,03 EUR")
    counting = words(page.soup.select_one("#counting")).replace("\u00a0", " ")
    assert "peníze předané uvnitř výběru: 1 tok; " in counting and "nahrazeno novější částkou: 1 tok" in counting
    assert "Žádné: částky zůstávají v měně svého zdroje a různé měny se nesčítají." in counting
    assert "Žádné: částky se sčítají přesně, na haléře a centy." in counting
    assert shown_sums(page) == {"EUR": 12002 + 30003}
    share = words(viewer.get("/funding/absorption/records").soup.select_one("#counting")).replace("\u00a0", " ")
    assert "Zaokrouhluje se jen výsledný podíl, na desetinu procenta" in share


def test_projects_that_may_be_one_and_the_same_are_warned_of_where_both_count(told, kept_as) -> None:
    viewer = kept_as("viewer", lang="cs")

    def warned(path: str) -> list[str]:
        return [
            words(note).replace("\u00a0", " ")
            for note in viewer.get(f"/funding/{path}").soup.select("main .note--warn")
        ]

    pair = "Vyprávěný projekt a Vyprávěný projekt jinak."
    assert warned("known_funding/records") == [f"Dva projekty mohou být týž a oba nesou peníze: {pair}"]
    assert len(warned(f"known_funding_by_framework/records?part={told['place']}")) == 1
    assert warned("commitments/records") == [], "the second one carries no commitment"
    assert warned(f"known_funding_by_project/records?part={told['one']}") == []
    assert warned("projects/records") == [f"Dva projekty mohou být týž, počítají se jako dva: {pair}"]


def test_the_permanent_link_gives_the_same_number_after_the_records_have_changed(client_as, engine) -> None:
    with transaction.unit(engine) as s, change(s, None, "command", actor_name="zkouška"):
        place = frameworks.framework(s, "Trvalý rámec")
        project = funding.project(s, "Trvalý projekt", framework=place)
        funding.flow(s, project, "100.10")
        place_id, project_id = place.id, project.id
    viewer = client_as("viewer", lang="cs")
    address = f"/funding/known_funding_by_framework/records?part={place_id}&framework={place_id}"
    link = viewer.get(address).soup.select_one("#counting a.break")
    local = link["href"].removeprefix("http://localhost")
    assert words(link) == link["href"] and local.startswith("/k/") and f"framework={place_id}" in local
    with transaction.unit(engine) as s, change(s, None, "command", actor_name="zkouška"):
        funding.flow(s, s.get(Project, project_id), "0.05")
    assert shown_sums(viewer.get(address)) == {"EUR": 10015}
    then = viewer.get(local)
    assert shown_sums(then) == {"EUR": 10010} and len(then.soup.select("main table.flow tbody tr")) == 1
    assert then.soup.select_one("#counting a.break")["href"] == link["href"], "of the past its own moment"
    assert viewer.get(address).soup.select_one("#counting a.break")["href"] != link["href"]


def test_the_page_asks_as_often_for_twenty_rows_as_for_two(client_as, engine) -> None:
    def more(number: int) -> None:
        for _ in range(number):
            whole = funding.flow(s, project, "10.10", type_code="2")
            funding.flow(s, project, "1.01", included_in=whole, type_code="2")

    with transaction.unit(engine) as s, change(s, None, "command", actor_name="zkouška"):
        project = funding.project(s, "Projekt", framework=frameworks.framework(s, "Rámec"))
        more(1)
        project_id = project.id
    viewer, asked = client_as("viewer", lang="cs"), []
    for rows in (2, 20):
        viewer.get("/funding/known_funding/records")
        with queries() as found:
            page = viewer.get("/funding/known_funding/records")
        asked.append(len(found))
        assert len(page.soup.select("main table.flow tbody tr")) == rows
        with transaction.unit(engine) as s, change(s, None, "command", actor_name="zkouška"):
            project = s.get(Project, project_id)
            more(9)
    assert asked[0] == asked[1]
