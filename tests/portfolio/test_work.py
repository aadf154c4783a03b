"""My work: what is stale, contradictory, doubtful or silent, and to whom it falls."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from portal.kernel import clock
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.transaction import unit
from portal.kernel.when import When
from portal.partners.actions import link
from portal.portfolio.queries.work import Work, next_stale, work_of
from portal.progress.actions import report_status
from portal.progress.rules import stale_before
from portal.sources.actions import choose_leading, state
from tests.factories import accounts, changing, events, frameworks, funding

NOW = datetime(2026, 12, 3, 12, tzinfo=UTC)
TODAY = date(2026, 12, 3)
BEFORE = stale_before(TODAY, 90)


@pytest.fixture(autouse=True)
def december():
    with clock.stopped_at(NOW):
        yield


def report(s, project, days_ago: int, **values) -> None:
    """A status update written that many days ago."""
    with clock.stopped_at(NOW - timedelta(days=days_ago)), changing(s):
        day = (TODAY - timedelta(days=days_ago)).isoformat()
        report_status(s, SYSTEM, project, {"happened": "Jednání", "held_on": When(day), **values})


def stale(work: Work) -> list[str]:
    return [project.name_cs for project in work.stale.rows]


def test_active_without_a_report_for_more_than_ninety_days_is_stale(s) -> None:
    for days in (89, 90, 91):
        report(s, funding.project(s, f"před {days}", status="2"), days)
    funding.project(s, "nikdy", status="3")
    funding.project(s, "připravovaný", status="1")
    assert stale(work_of(s, SYSTEM, BEFORE, True)) == ["nikdy", "připravovaný", "před 91"]


@pytest.mark.parametrize("status", ["4", "5", "6", None])
def test_a_project_that_is_not_active_is_never_stale(s, status) -> None:
    funding.project(s, "starý", status=status)
    assert work_of(s, SYSTEM, BEFORE, True).stale.number == 0


def test_closing_a_project_ends_its_staleness_and_a_report_renews_it(s) -> None:
    one, two = (funding.project(s, name, status="2") for name in ("jeden", "dva"))
    assert work_of(s, SYSTEM, BEFORE, True).stale.number == 2
    report(s, one, 0, status="4")
    report(s, two, 0)
    assert work_of(s, SYSTEM, BEFORE, True).stale.number == 0


def test_nobodys_record_falls_to_the_editors_of_its_framework(s) -> None:
    prague, mobility = (frameworks.framework(s, name) for name in ("Pražský proces", "Mobilita"))
    below = frameworks.framework(s, "Mobilita s Gruzií", parent=mobility)
    umbrella = funding.project(s, "Iniciativa", framework=prague, status="2")
    funding.project(s, "Část", umbrella=umbrella, status="2")
    funding.project(s, "Gruzie", framework=below, status="2")
    other = accounts.person(s, "editor", everywhere=True)
    funding.project(s, "Cizí", framework=prague, status="2", responsible=other.id)
    of_prague = accounts.actor(s, "editor", frameworks=[prague.id])
    assert sorted(stale(work_of(s, of_prague, BEFORE))) == ["Iniciativa", "Část"]
    assert stale(work_of(s, accounts.actor(s, "editor", frameworks=[mobility.id]), BEFORE)) == ["Gruzie"]
    assert sorted(stale(work_of(s, accounts.actor(s, "editor", everywhere=True), BEFORE))) == [
        "Gruzie", "Iniciativa", "Část",
    ]  # fmt: skip
    assert stale(work_of(s, accounts.queries.actor_of(s, other), BEFORE)).count("Cizí") == 1
    assert stale(work_of(s, accounts.actor(s, "editor"), BEFORE)) == []


def test_open_follow_ups_wait_for_whom_they_or_their_event_fall_to(s) -> None:
    prague = frameworks.framework(s, "Pražský proces")
    project = funding.project(s, "Iniciativa", framework=prague, status="4")
    other = accounts.person(s, "editor", everywhere=True)
    panel, theirs, alone = (
        events.event(s, name, **values)
        for name, values in {
            "Panel": {"under": project}, "Cizí": {"under": prague, "responsible": other.id}, "Samo": {},
        }.items()
    )  # fmt: skip
    events.follow_up(s, panel, "Zápis", due="2026-12-01")
    events.follow_up(s, panel, "Hotovo", state="done")
    events.follow_up(s, panel, "Jejich", responsible=other.id)
    events.follow_up(s, theirs, "Po cizím", due="2026-11")
    events.follow_up(s, alone, "Bez rámce")

    def waiting(actor, everybody: bool = False) -> list[str]:
        return [one.name_cs for one in work_of(s, actor, BEFORE, everybody).follow_ups.rows]

    assert waiting(accounts.actor(s, "editor", frameworks=[prague.id])) == ["Zápis"]
    assert waiting(accounts.queries.actor_of(s, other)) == ["Po cizím", "Zápis", "Jejich", "Bez rámce"]
    assert waiting(accounts.actor(s, "editor", everywhere=True)) == ["Zápis", "Bez rámce"]
    assert waiting(accounts.actor(s, "editor")) == [] == waiting(accounts.actor(s, "viewer"))
    assert waiting(accounts.actor(s, "viewer"), True) == ["Po cizím", "Zápis", "Jejich", "Bez rámce"]


def test_a_viewer_has_no_work_but_may_look_at_everybodys(s) -> None:
    funding.project(s, "Gruzie", status="2")
    viewer = accounts.actor(s, "viewer")
    assert work_of(s, viewer, BEFORE).number == 0
    assert stale(work_of(s, viewer, BEFORE, everybody=True)) == ["Gruzie"]


def test_contradictory_statements_wait_until_somebody_gives_a_reason(s) -> None:
    project = funding.project(s, "Gruzie", status="4", backed=funding.support(s))
    with changing(s):
        state(s, SYSTEM, project, "actual_end", When("2016-01"), funding.support(s))
        rival = state(s, SYSTEM, project, "actual_end", When("2017-06"), funding.support(s))
    [dispute] = work_of(s, SYSTEM, BEFORE, True).disputes.rows
    assert (dispute.record.name_cs, dispute.field, dispute.values) == ("Gruzie", "actual_end", 2)
    with changing(s):
        choose_leading(s, SYSTEM, rival, "závěrečná ceremonie")
    assert work_of(s, SYSTEM, BEFORE, True).disputes.number == 0


def test_records_that_may_be_the_same_wait(s) -> None:
    one, two = (funding.project(s, name) for name in ("Vlajkový", "Návraty"))
    with changing(s):
        link(s, SYSTEM, one, "possibly_same", two)
        link(s, SYSTEM, one, "follows", two)
    [(_link, source, target)] = work_of(s, SYSTEM, BEFORE, True).same.rows
    assert (source.name_cs, target.name_cs) == ("Vlajkový", "Návraty")


def test_a_framework_is_silent_when_nobody_reported_it_or_its_projects(s) -> None:
    silent = frameworks.framework(s, "Tichý")
    frameworks.framework(s, "Ukončený", status="ended")
    told = frameworks.framework(s, "Hlášený")
    busy = frameworks.framework(s, "S projektem")
    report(s, told, 10)
    report(s, funding.project(s, "Živý", framework=busy, status="2"), 10)
    assert [f.name_cs for f in work_of(s, SYSTEM, BEFORE, True).silent.rows] == [silent.name_cs]
    report(s, silent, 91)
    assert work_of(s, SYSTEM, BEFORE, True).silent.number == 1


def test_a_silent_framework_says_what_the_portal_knows_of_its_reports(engine, client_as) -> None:
    with unit(engine) as s, changing(s):
        never = frameworks.framework(s, "Nikdy")
        once, through = (frameworks.framework(s, name) for name in ("Kdysi", "Přes projekt"))
        ids = {framework.name_cs: framework.id for framework in (never, once, through)}
    with unit(engine) as s:
        report(s, s.get(Record, ids["Kdysi"]), 91)
        report(s, funding.project(s, "Starý", framework=s.get(Record, ids["Přes projekt"]), status="4"), 120)
    for lang, recent, none in (
        ("cs", "za posledních 90 dní bez zprávy, jednání a peněz", "v portálu zatím bez zprávy"),
        ("en", "no report, meeting or money from the last 90 days", "no report in the portal yet"),
    ):
        page = client_as("editor", everywhere=True, lang=lang).get("/work")
        said = {}
        for item in page.soup.select("ul.list li"):
            said[item.strong.get_text()] = item.select_one(".muted").get_text().replace("\u00a0", " ")
        assert said == {"Nikdy": none, "Kdysi": recent, "Přes projekt": recent}


def test_a_confidential_record_waits_only_for_those_named(s) -> None:
    project = funding.project(s, "Tajný", status="2")
    funding.project(s, "Veřejný", status="2")
    reader = accounts.person(s, "editor", everywhere=True)
    accounts.actions.name_reader(s, SYSTEM, project, reader)
    from portal.projects.actions import edit_project

    with changing(s):
        edit_project(s, SYSTEM, project, {"confidential": True})
    assert stale(work_of(s, accounts.actor(s, "editor", everywhere=True), BEFORE)) == ["Veřejný"]
    assert sorted(stale(work_of(s, accounts.queries.actor_of(s, reader), BEFORE))) == ["Tajný", "Veřejný"]


def test_after_a_report_the_next_one_that_waits_for_the_same_person_comes(s) -> None:
    mine, others = (frameworks.framework(s, name) for name in ("Můj", "Cizí"))
    first, second = (funding.project(s, name, framework=mine, status="2") for name in ("Alfa", "Beta"))
    funding.project(s, "Aaa cizí", framework=others, status="2")
    editor = accounts.actor(s, "editor", frameworks=[mine.id])
    assert next_stale(s, editor, BEFORE, first.id) == second.id
    report(s, second, 1)
    assert next_stale(s, editor, BEFORE, first.id) is None


def test_the_page_lists_each_group_and_leads_to_the_form(seeded_as, seeded_engine) -> None:
    editor = seeded_as("editor", everywhere=True, lang="cs")
    page = editor.get("/work")
    heads = [" ".join(h.get_text(" ").split()) for h in page.soup.select("h2.grp")]
    assert heads == ["Zastaralý stav 4", "Rozpory k rozhodnutí 1", "Možná totéž 1", "Tiché rámce 15"]
    assert page.h1 == "Moje práce" and "21 položek čeká na vás." in page.text
    assert sum("/status?next_stale=" in href for href in page.links()) == 4
    assert page.text.count("konec podle dat: březen 2016") == 2, (
        "called in preparation in 2014, and public pages say when it ended"
    )
    viewer = seeded_as("viewer", lang="cs").get("/work")
    assert viewer.h1 == "Práce odboru" and "21 položek čeká v odboru." in viewer.text
    assert not any("/status" in href for href in viewer.links())


def test_home_lists_as_many_things_as_its_button_says(read_as) -> None:
    page = read_as("administrator", lang="cs").get("/")
    [button] = [a for a in page.soup.main.find_all("a", class_="btn") if a["href"].endswith("/work")]
    [card] = [one for one in page.soup.main.find_all("section") if one.h2 and one.h2.get_text() == "Co čeká"]
    said = [" ".join(li.get_text(" ").split()) for li in card.find_all("li")]
    assert "1 milník po termínu" not in said and "1 úkol z jednání" in said and "1 zpráva čeká na mé schválení" in said
    assert button.get_text() == f"Moje práce ({sum(int(one.split(' ')[0]) for one in said)})"
