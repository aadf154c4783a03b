"""What lists, pages and files of flows say of adding up is what the figure adds up."""

from __future__ import annotations

import csv
import io

import pytest

from portal.figures import FIGURES, Scope, verdicts
from portal.funding import queries
from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from portal.sources.facts import Pair
from portal.standing.actions import set_standing
from tests.factories import changing, frameworks, funding, partners

WHY = "jiná fáze peněz, které se už počítají"


def words(node) -> str:
    return " ".join(node.get_text(" ").replace("\xa0", " ").split())


@pytest.fixture(scope="module")
def told(kept_engine) -> dict[str, int]:
    """A commitment with its payment, spending, an amount in a sum that nobody states, money passed on, one in a known sum."""
    with transaction.unit(kept_engine) as s, changing(s):
        giver = partners.organisation(s, "Dárce")
        place = funding.project(s, "Placený projekt", framework=frameworks.framework(s, "Rámec"))
        whole = funding.flow(s, place, 1000, type_code="2", provider=giver.id, name=Pair("Závazek", ""))
        unknown = funding.flow(s, place, None, type_code="2", name=Pair("Celek", ""))
        made = {
            "whole": whole, "unknown": unknown,
            "paid": funding.flow(s, place, 400, type_code="3", provider=giver.id, name=Pair("Platba", "")),
            "spent": funding.flow(s, place, 300, type_code="4", provider=giver.id, name=Pair("Výdaj", "")),
            "within": funding.flow(s, place, 20, type_code="2", included_in=unknown, name=Pair("V celku", "")),
            "part": funding.flow(s, place, 100, type_code="2", included_in=whole, name=Pair("Díl", "")),
            "guess": funding.flow(s, place, 30, included_in=whole, certainty="unsure", name=Pair("Domněnka", "")),
            "passed": funding.flow(s, place, 50, type_code="2", provider=place.id, name=Pair("Předáno", "")),
        }  # fmt: skip
        return {name: one.id for name, one in made.items()} | {"place": place.id, "giver": giver.id}


def test_the_export_adds_what_the_figure_adds_and_says_why_not(told, kept_as) -> None:
    viewer = kept_as("viewer", lang="cs")
    flows = csv.DictReader(
        io.StringIO(viewer.browser.get("/exports/flows.csv").data.decode("utf-8-sig")), delimiter=";"
    )
    answer = viewer.browser.get("/funding/known_funding/records.csv?certainty=all").data.decode("utf-8-sig")
    figure = csv.DictReader(io.StringIO(answer), delimiter=";")
    judged = {row["Tok / Flow"]: (row["Počítá se / Counts"], row["Proč ne / Why not"]) for row in figure}
    listed, paid = {}, None
    for row in flows:
        name = row["Název (česky) / Name (in Czech)"]
        listed[name] = (
            row["Sčítá se (celek, všechna tvrzení) / Adds up (whole, all statements)"],
            row["Proč ne / Why not"],
        )
        paid = row if name == "Platba" else paid
    assert listed == judged and len(listed) == 8
    assert listed["Platba"] == ("ne", WHY) and paid["Počítá se s tokem / Counted with"].startswith("Závazek (")
    assert listed["Domněnka"] == ("ne", "zahrnuto v jiném toku výběru (odvozeno)")
    assert listed["V celku"][0] == listed["Závazek"][0] == "ano"


def test_pages_and_lists_say_the_same(told, kept_as) -> None:
    viewer = kept_as("viewer", lang="cs")
    page = viewer.get(f"/flows/{told['paid']}")
    amount = words(page.soup.select_one("#amount"))
    assert "Započítává se jednou" not in amount and f"Do známých prostředků se nezapočítává: {WHY}: Závazek (" in amount
    [link] = page.soup.select("#amount a[href*='/funding/known_funding_by_project/records']")
    assert f"ne: {WHY}: Závazek" in words(viewer.get(link["href"]).soup.select_one("main table.flow"))
    assert "Započítává se jednou" in words(viewer.get(f"/flows/{told['whole']}").soup.select_one("#amount"))
    for path in ("/flows", f"/projects/{told['place']}"):
        heads = {words(row.th.a): words(row.th) for row in viewer.get(path).soup.select("main table.flow tbody tr")}
        assert f"nepřičítá se: {WHY}: Závazek (" in heads["Platba"], path
        assert "nepřičítá se: říká" in heads["Výdaj"] and "nepřičítá se: peníze předané" in heads["Předáno"], path
        assert heads["Díl"].endswith("; nepřičítá se"), path
        assert "zahrnuto" in heads["V celku"] and "nepřičítá se" not in heads["V celku"], "its whole is not known"
        assert "nepřičítá" not in heads["Závazek"], path
    given = {words(li) for li in viewer.get(f"/organisations/{told['giver']}").soup.select("#money li")}
    assert sorted(WHY in one for one in given) == [False, False, True]


def test_what_is_withdrawn_adds_nowhere_and_many_places_are_judged_as_few(s, monkeypatch) -> None:
    giver = partners.organisation(s, "Dárce")
    flows = []
    for number in range(5):
        place = funding.project(s, f"Projekt {number}")
        flows.append(funding.flow(s, place, 1000, type_code="2", provider=giver.id))
        flows.append(funding.flow(s, place, 10, type_code="3", provider=giver.id))
    with changing(s):
        set_standing(s, SYSTEM, flows[0], "withdrawn", "omyl")
    shown = [queries.flow(s, SYSTEM, flow.id) for flow in flows]
    figure = {row.flow.id: row.reason for row in FIGURES["known_funding"].records(s, SYSTEM, Scope(certainty="all"))}
    expected = {flow.id: figure.get(flow.id, "out") for flow in flows}
    assert expected[flows[0].id] == "out" and expected[flows[1].id] is None and expected[flows[3].id] == "other_stage"
    for few in (200, 2):
        monkeypatch.setattr(verdicts, "FEW", few)
        assert {i: one.reason for i, one in verdicts.verdicts(s, SYSTEM, shown).items()} == expected


def test_the_page_of_a_sum_says_what_it_adds_by_documents_where_public_sources_tell_otherwise(read_as) -> None:
    reader = read_as("viewer", "cs")
    page = reader.get(reader.get("/flows").link("Dodatečná podpora Evropské komise Cílené iniciativě"))
    text = " ".join(page.text.replace("\xa0", " ").split())
    assert "Započítává se jednou, u záznamu: Cílená iniciativa na implementaci Akčního plánu Pražského procesu" in text
    assert (
        "(podle dokumentů ministerstva) Do známých prostředků se nezapočítává: zahrnuto v jiném toku výběru (odvozeno)"
        in text
    )
