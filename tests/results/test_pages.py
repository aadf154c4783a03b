"""Results as people meet them: the card on a profile, the forms, the lists, two people at once."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import select

from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.settling import settle
from portal.kernel.when import When
from portal.results.models import Indicator, IndicatorValue, Milestone, Risk
from portal.sources.facts import Pair
from portal.standing.actions import set_standing
from tests.factories import changing, frameworks, funding, results
from tests.portfolio.test_query_counts import asked


def rows(page, where: str = "tbody") -> list[str]:
    return [" ".join(row.get_text(" ").split()) for row in page.soup.select(f"{where} tr")]


def table(page, caption: str) -> list[str]:
    [found] = [t for t in page.soup.select("#results table") if t.caption.get_text() == caption]
    return [" ".join(row.get_text(" ").split()) for row in found.select("tbody tr")]


def text(page) -> str:
    return " ".join(page.text.replace("\xa0", " ").split())


@pytest.fixture
def scene(engine) -> dict[str, int]:
    with transaction.unit(engine) as s, changing(s):
        top = frameworks.framework(s, "Rámec")
        project = funding.project(
            s, "Projekt", framework=top, planned_start=When("2013-01"), planned_end=When("2014-12")
        )
        return {"top": top.id, "project": project.id}


def test_the_card_waits_for_who_may_write_and_is_absent_for_others(scene, client_as) -> None:
    address = f"/projects/{scene['project']}"
    assert client_as("viewer").get(address).soup.find(id="results") is None
    card = client_as("editor", frameworks=[scene["top"]]).get(address).soup.find(id="results")
    links = [a["href"] for a in card.select("a.btn")]
    assert links == [
        f"{address}/milestones/add", f"/records/{scene['project']}/indicators/add", f"/records/{scene['project']}/risks/add",
        f"{address}/activities/add",
    ]  # fmt: skip
    framework = (
        client_as("editor", frameworks=[scene["top"]]).get(f"/frameworks/{scene['top']}").soup.find(id="results")
    )
    assert [a["href"].rsplit("/", 2)[1] for a in framework.select("a.btn")] == ["indicators", "risks"]


def test_a_milestone_is_set_and_reached_from_the_profile(scene, client_as, engine) -> None:
    client = client_as("editor", frameworks=[scene["top"]])
    page = client.get(f"/projects/{scene['project']}/milestones/add")
    again = client.follow(client.submit(page, button="another", name_cs="Podpis smlouvy", due="květen 2013"))
    profile = client.follow(client.submit(again, name_cs="Závěrečná zpráva", due="31. 12. 2050"))
    assert table(profile, "Milníky") == [
        "Podpis smlouvy květen 2013 zatím ne po termínu upravit : Podpis smlouvy",
        "Závěrečná zpráva 31. 12. 2050 zatím ne čeká upravit : Závěrečná zpráva",
    ]
    assert "Uplynulé měsíce projektu: 24 z 24" in text(profile) and "Dosažené milníky: 0 ze 2" in text(profile)
    with transaction.unit(engine) as s:
        late = s.scalars(select(Milestone).where(Milestone.due_to < When("2020").earliest)).one().id
    refused = client.submit(client.get(f"/milestones/{late}/edit"), 422, reached="1. 1. 2050")
    assert refused.errors() == ["Dosaženo dne : Tento den ještě nenastal. Napište dnešek nebo dřívější den."]
    client.submit(client.get(f"/milestones/{late}/edit"), reached="14. 6. 2013")
    shown = client.get(f"/projects/{scene['project']}")
    assert table(shown, "Milníky")[0].startswith("Podpis smlouvy květen 2013 14. 6. 2013 dosažen")
    assert "Dosažené milníky: 1 ze 2" in text(shown)


def test_an_indicator_shows_the_way_to_its_target_and_what_the_target_was_before(scene, client_as, engine) -> None:
    client = client_as("editor", frameworks=[scene["top"]])
    page = client.get(f"/records/{scene['project']}/indicators/add")
    refused = client.submit(page, 422, name_cs="Vyškolené osoby", baseline="10", target="40,5")
    assert refused.errors() == ["Jednotka (česky) : Napište, v jaké jednotce čísla jsou."]
    profile = client.follow(
        client.submit(
            page, name_cs="Vyškolené osoby", unit_cs="osob", baseline="10", target="40,5", fields={"direction": "more"}
        )
    )  # fmt: skip
    assert profile.soup.find("meter") is None and "zatím neměřeno" in table(profile, "Ukazatele")[0]
    with transaction.unit(engine) as s:
        indicator = s.scalars(select(Indicator)).one()
        assert (indicator.baseline, indicator.target) == (Decimal(10), Decimal("40.5"))
        number = indicator.id
    value = client.get(f"/indicators/{number}/values/add")
    client.submit(value, period="2013", value="20")
    assert client.submit(value, 422, period="2013", value="25").errors() == [
        "Za období : Toto období už hodnotu má. Opravte ji; co říká jiný zdroj, patří k ní jako další údaj."
    ]
    shown = client.get(f"/projects/{scene['project']}")
    assert shown.soup.find("meter")["value"] == "327"
    assert shown.soup.find("meter")["aria-label"] == "Vyškolené osoby: od 10 k hodnotě 20 z cíle 40,5"
    edit = client.get(f"/indicators/{number}/edit")
    assert client.submit(edit, 422, target="30").errors() == [
        "Proč se to mění : Cíl se mění. Napište proč; dosavadní cíl zůstane v historii."
    ]
    client.submit(edit, target="30", source_reason="Partner odstoupil")
    [row] = table(client.get(f"/projects/{scene['project']}"), "Ukazatele")
    assert "30 osob" in row and "dříve: 40,5 osob" in row and "Proč: Partner odstoupil" in row
    page = client.get(f"/indicators/{number}")
    assert rows(page, "#values tbody")[0].startswith("2013 20 osob") and "dříve: 40,5" in text(page)


def test_a_value_is_corrected_and_bad_numbers_are_refused(scene, client_as, engine) -> None:
    with transaction.unit(engine) as s, changing(s):
        indicator = results.indicator(s, s.get_one(Record, scene["project"]), "Osoby")
        value = results.measured(s, indicator, "2013", "4").id
    client = client_as("editor", frameworks=[scene["top"]])
    page = client.get(f"/indicator-values/{value}/edit")
    for wrong in ("čtyři", "1,2345", "1e5", "4.125", "4,125"):
        assert client.submit(page, 422, value=wrong).errors()[0].startswith("Hodnota :")
    client.submit(page, value="4,1250", note_cs="Po kontrole")
    with transaction.unit(engine) as s:
        found = s.get_one(IndicatorValue, value)
        assert (found.value, found.note_cs) == (Decimal("4.125"), "Po kontrole")
    history = client.get(f"/records/{value}/history")
    assert "4,125" in history.text
    client.speak("en")
    english = client.get(f"/indicator-values/{value}/edit")
    assert english.soup.find(id="value")["value"] == "4.1250"
    assert client.submit(english, 422, value="1.200").errors() == [
        "Value : This can be read in two ways. Write 1200, or 1.2 with a decimal mark."
    ]
    client.submit(english, value="1,200", source_reason="Recount")
    with transaction.unit(engine) as s:
        assert s.get_one(IndicatorValue, value).value == Decimal(1200)


def test_risks_are_named_with_words_and_sorted_by_weight(scene, client_as, engine) -> None:
    client = client_as("editor", frameworks=[scene["top"]])
    page = client.get(f"/records/{scene['top']}/risks/add")
    client.submit(page, name_cs="Odchod lidí", fields={"likelihood": "2", "impact": "2"})
    profile = client.follow(
        client.submit(page, name_cs="Výpadek peněz", measures_cs="Rezerva", fields={"likelihood": "4", "impact": "5"})
    )
    assert table(profile, "Rizika") == [
        "Výpadek peněz vysoká pravděpodobnost: 4 – vysoká dopad: 5 – zásadní Rezerva neuvedeno upravit : Výpadek peněz",
        "Odchod lidí nízká pravděpodobnost: 2 – nízká dopad: 2 – malý neuvedeno neuvedeno upravit : Odchod lidí",
    ]
    with transaction.unit(engine) as s:
        risk = s.scalars(select(Risk).where(Risk.likelihood == "4")).one().id
    client.submit(client.get(f"/risks/{risk}/edit"), fields={"state": "closed"})
    assert [row.split(" ")[0] for row in rows(client.get("/risks?state=open"))] == ["Odchod"]
    assert [row.split(" ")[0] for row in rows(client.get("/risks?level=high"))] == ["Výpadek"]
    assert [row.split(" ")[0] for row in rows(client.get("/risks"))] == ["Výpadek", "Odchod"]


def test_an_activity_must_not_end_before_it_began(scene, client_as) -> None:
    client = client_as("editor", frameworks=[scene["top"]])
    page = client.get(f"/projects/{scene['project']}/activities/add")
    refused = client.submit(page, 422, name_cs="Školení", start="2014", end="2013")
    assert refused.errors()[0].startswith("Konec : Konec je dříve než začátek.")
    shown = client.follow(client.submit(page, name_cs="Školení", start="2013", fields={"state": "running"}))
    assert table(shown, "Aktivity")[0].startswith("Školení 2013 neuvedeno probíhá")


def test_the_list_of_milestones_filters_and_pages_by_day(scene, client_as, engine) -> None:
    with transaction.unit(engine) as s, changing(s):
        project = s.get_one(Record, scene["project"])
        results.milestone(s, project, "Později", due="2050")
        results.milestone(s, project, "Po termínu", due="2013-05")
        results.milestone(s, project, "Zhruba", due="2013-05~")
        results.milestone(s, project, "Hotovo", due="2013-01", reached="2013-02")
        results.milestone(s, project, "Bez data")
    client = client_as("viewer")

    def listed(query: str = "") -> list[str]:
        return [row.split(" Projekt ")[0] for row in rows(client.get(f"/milestones{query}"))]

    assert listed() == ["Hotovo", "Po termínu", "Zhruba", "Později", "Bez data"]
    assert listed("?state=overdue") == ["Po termínu"]
    assert listed("?state=open") == ["Zhruba", "Později", "Bez data"]
    assert listed("?state=reached") == ["Hotovo"]
    assert listed("?year=2050") == ["Později"]
    assert listed(f"?framework={scene['top']}&of={scene['project']}&state=overdue") == ["Po termínu"]


def test_lists_of_many_risks_and_indicators_leaf_without_losing_one(scene, client_as, engine) -> None:
    with transaction.unit(engine) as s, changing(s):
        project = s.get_one(Record, scene["project"])
        for n in range(30):
            results.risk(s, project, f"Riziko {n:02}", str(n % 5 + 1), str(n % 3 + 1) if n % 7 else None)
            results.indicator(s, project, f"Ukazatel {n:02}", target="5", target_on=When("2013") if n % 2 else None)
    client = client_as("viewer")
    for address in ("/risks?size=25", "/indicators?size=25&sort=target", "/risks?size=25&sort=-name"):
        first = client.get(address)
        second = client.get(address.split("?")[0] + first.soup.select_one("a[rel=next]")["href"])
        names = [row.split(" Projekt ")[0] for row in rows(first) + rows(second)]
        assert len(names) == len(set(names)) == 30


def test_two_people_editing_one_indicator_lose_nothing(scene, client_as, engine) -> None:
    with transaction.unit(engine) as s, changing(s):
        number = results.indicator(s, s.get_one(Record, scene["project"]), "Osoby", baseline="1", target="9").id
    one, two = client_as("editor", everywhere=True), client_as("administrator")
    mine, theirs = one.get(f"/indicators/{number}/edit"), two.get(f"/indicators/{number}/edit")
    two.submit(theirs, baseline="2,5")
    assert one.submit(mine, name_cs="Lidé").status == 303
    clash = one.submit(mine, 409, baseline="3,5")
    assert "2,5" in clash.text and "3,5" in clash.text
    with transaction.unit(engine) as s:
        found = s.get_one(Indicator, number)
        assert (found.baseline, found.name_cs, found.target) == (Decimal("2.5"), "Lidé", Decimal(9))


def test_a_profile_asks_as_much_for_twenty_results_as_for_two(scene, client_as, engine) -> None:
    def add(numbers: range) -> None:
        with transaction.unit(engine) as s, changing(s):
            project = s.get_one(Record, scene["project"])
            for n in numbers:
                results.milestone(s, project, f"Milník {n}", due="2013")
                results.risk(s, project, f"Riziko {n}", "1", "2", measures=Pair("x", ""))
                results.activity(s, project, f"Aktivita {n}")
                results.measured(s, results.indicator(s, project, f"Ukazatel {n}"), "2013", "1")

    client, page, counted = client_as("viewer"), f"/projects/{scene['project']}", []
    for numbers in (range(2), range(2, 20)):
        add(numbers)
        client.get(page)
        counted.append(len(asked(client, [page])[page]))
    assert counted[0] == counted[1]


def test_overdue_milestones_wait_in_my_work_of_whom_the_project_falls_to(scene, client_as, engine) -> None:
    with transaction.unit(engine) as s, changing(s):
        results.milestone(s, s.get_one(Record, scene["project"]), "Po termínu", due="2013-05")
        results.milestone(s, s.get_one(Record, scene["project"]), "Hotovo", due="2013-05", reached="2013-05")
        elsewhere = frameworks.framework(s, "Jinde").id

    def waiting(client, scope: str = "") -> list[str]:
        found = client.get(f"/work{scope}").soup.find(id="milestones")
        return [a.get_text() for a in found.find_next("ul").select("a")] if found else []

    assert waiting(client_as("editor", frameworks=[scene["top"]])) == ["Po termínu"]
    stranger = client_as("editor", frameworks=[elsewhere])
    assert waiting(stranger) == []
    assert waiting(stranger, "?scope=all") == ["Po termínu"]


def test_an_umbrella_shows_the_results_of_its_parts_with_their_names_and_adds_nothing_up(
    scene, client_as, engine
) -> None:
    with transaction.unit(engine) as s, changing(s):
        umbrella = s.get_one(Record, scene["project"])
        parts = [funding.project(s, f"Část {n}", umbrella=umbrella) for n in (1, 2)]
        results.indicator(s, umbrella, "Vlastní", target="5")
        for part, due in zip(parts, ("2030-02", "2013-05"), strict=True):
            results.milestone(s, part, f"Milník {part.name_cs}", due=due)
            results.indicator(s, part, f"Ukazatel {part.name_cs}", target="100")
            results.risk(s, part, f"Riziko {part.name_cs}", "2", "4")
        hidden = results.milestone(s, parts[0], "Skrytý")
        hidden.confidential = True
        settle(s, [hidden])
        set_standing(s, SYSTEM, results.activity(s, parts[1], "Stažená"), "withdrawn", "Omyl.")
        first = parts[0].id
    page = client_as("viewer").get(f"/projects/{scene['project']}")
    assert [row.split(" neuvedeno")[0] for row in table(page, "Ukazatele")] == ["Vlastní"]
    told = [" ".join(row.split()[:7]) for row in table(page, "Milníky částí")]
    assert told == ["Milník Část 2 část: Část 2 květen", "Milník Část 1 část: Část 1 únor"]
    assert [row[:33] for row in table(page, "Ukazatele částí")] == [
        f"Ukazatel Část {n} část: Část {n} neuv" for n in (1, 2)
    ]
    assert len(table(page, "Rizika částí")) == 2 and "200" not in page.soup.find(id="results").get_text()
    assert page.soup.find("caption", string="Aktivity částí") is None and "Skrytý" not in page.text
    assert f"/projects/{first}#results" in page.links()
    card = client_as("viewer", lang="en").get(f"/projects/{scene['project']}").soup.find(id="results").get_text()
    assert "Results of the parts" in card and "part:" in card


def test_activities_have_a_list_with_filters(scene, client_as, engine) -> None:
    with transaction.unit(engine) as s, changing(s):
        project = s.get_one(Record, scene["project"])
        results.activity(s, project, "Školení", start="2026-01", end="2026-05", state="running")
        results.activity(s, project, "Studie", start="2013", state="done")
        results.activity(s, project, "Bez data")
    client = client_as("viewer")
    assert [row.split()[0] for row in rows(client.get("/activities"))] == ["Studie", "Školení", "Bez"]
    assert [row.split()[0] for row in rows(client.get("/activities?state=running"))] == ["Školení"]
    assert [row.split()[0] for row in rows(client.get("/activities?year=2026"))] == ["Studie", "Školení"]
    assert [row.split()[0] for row in rows(client.get("/activities?year=2012"))] == []
    assert [row.split()[0] for row in rows(client.get("/activities?sort=-end&state=none"))] == ["Bez"]
