"""Events as people meet them: the lists, the profiles, booking a meeting with two follow-ups, two people at once."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.events.models import Event, FollowUp
from portal.kernel import transaction
from portal.kernel.record import Record
from portal.kernel.when import When
from tests.factories import changing, events, frameworks, funding, partners, sources


def keyed(store, key: str) -> int:
    with Session(store.reading) as s:
        return s.scalars(select(Record.id).where(Record.key == key)).one()


def rows(page) -> list[str]:
    body = page.soup.find("tbody")
    return [" ".join(row.get_text(" ").split()) for row in body.find_all("tr")] if body else []


def test_the_london_summit_stands_by_itself_with_forty_as_stated(read_as, store) -> None:
    page = read_as("viewer").get(f"/events/{keyed(store, 'border-security-summit-2025')}")
    text = " ".join(page.text.split())
    assert page.h1 == "Konference Border Security Summit v Londýně (summit o ochraně hranic)"
    assert "Počet účastníků 40" in text and "více než 40 zemí (a organizací)" in text
    assert "Rámec nebo projekt neuvedeno" in text
    assert "31. 3. 2025" in page.text.replace("\xa0", " ")
    assert "Vít Rakušan" in text and "zúčastněná země (jedna ze 40)" in text
    listed = rows(read_as("viewer").get("/events?under=none"))
    assert len([row for row in listed if "Border Security Summit" in row and "samostatně" in row]) == 1


def test_the_panel_meeting_keeps_its_month_beside_the_days_of_the_public_page(read_as, store) -> None:
    page = read_as("viewer", lang="en").get(f"/events/{keyed(store, 'eap-panel-prague-2013-11')}")
    assert "November 2013" in page.text
    fact = read_as("viewer", lang="en").get(f"/records/{keyed(store, 'eap-panel-prague-2013-11')}/facts/held")
    assert "November 2013" in fact.text and "13" in fact.text and "14 November 2013" in fact.text.replace("\xa0", " ")


def test_events_stand_on_the_profiles_they_concern(read_as, store) -> None:
    viewer = read_as("viewer")
    panel = viewer.get(f"/frameworks/{keyed(store, 'eap-panel-migration-asylum')}").text
    assert "Zasedání Panelu Východního partnerství k otázkám integrace cizinců a azylantů" in panel
    assert "Zahájení implementace projektu ERIS" in viewer.get(f"/projects/{keyed(store, 'eris')}").text
    georgia = viewer.get(f"/countries/{keyed(store, 'country-ge')}").text
    assert "Podpis Partnerství pro mobilitu s Gruzií" in georgia
    minister = viewer.get(f"/role-holders/{keyed(store, 'minister-ie-2025')}").text
    assert "Setkání ministra vnitra s irským a britským protějškem" in minister and "ministr spravedlnosti" in minister


def test_the_list_of_events_filters_and_stands_latest_first(read_as) -> None:
    viewer = read_as("viewer")
    all_of_them = rows(viewer.get("/events?size=100"))
    assert len(all_of_them) == 26 and "Border Security Summit" in all_of_them[0]
    assert "Setkání ministra" in all_of_them[-1]  # it has no date
    assert len(rows(viewer.get("/events?kind=ministerial_conference"))) == 4
    assert len(rows(viewer.get("/events?when=undated"))) == 1
    assert rows(viewer.get("/events?when=upcoming")) == []
    in_2013 = rows(viewer.get("/events?year=2013"))
    assert len(in_2013) == 5 and all("2013" in row for row in in_2013)


@pytest.fixture
def scene(engine) -> dict[str, int]:
    with transaction.unit(engine) as s, changing(s):
        top = frameworks.framework(s, "Východní partnerství")
        project = funding.project(s, "Projekt", framework=top)
        made = {
            "top": top, "project": project, "iom": funding.organisation(s, "IOM"), "georgia": partners.country(s),
            "document": sources.document(s, "Zápis"), "elsewhere": frameworks.framework(s, "Jinde"),
        }  # fmt: skip
        return {name: record.id for name, record in made.items()}


def test_a_meeting_is_booked_with_two_follow_ups(scene, client_as, engine) -> None:
    client = client_as("editor", frameworks=[scene["top"]])
    page = client.get(f"/events/add?under={scene['project']}")
    shown = client.follow(
        client.submit(
            page, name_cs="Jednání s IOM", held="14. 12. 2026", place_cs="Praha", attendance="12", topics_cs="Návraty",
            source="Zápis", fields={"kind_code": "bilateral_talk", "country": str(scene["georgia"])},
        )
    )  # fmt: skip
    assert shown.h1 == "Jednání s IOM" and "14. 12. 2026" in shown.text.replace("\xa0", " ")
    with transaction.unit(engine) as s:
        event = s.scalars(select(Event)).one()
        assert (event.under_id, event.held, event.attendance) == (scene["project"], When("2026-12-14"), 12)
        event_id = event.id
    first = client.get(f"/events/{event_id}/follow-ups/add")
    again = client.follow(
        client.submit(
            first,
            button="another",
            name_cs="Poslat návrh smlouvy",
            due="leden 2027",
            fields={"owner": str(scene["iom"])},
        )
    )
    assert "Už dohodnuto" in again.text and "Poslat návrh smlouvy" in again.text
    profile = client.follow(client.submit(again, name_cs="Svolat další jednání", due="1. 3. 2027"))
    cells = [" ".join(row.get_text(" ").split()) for row in profile.soup.select("#follow-ups tbody tr")]
    assert cells == [
        "Poslat návrh smlouvy IOM leden 2027 otevřeno upravit : Poslat návrh smlouvy",
        "Svolat další jednání neuvedeno 1. 3. 2027 otevřeno upravit : Svolat další jednání",
    ]
    assert "otevřeno: 2 ze 2" in profile.text.replace("\xa0", " ")


def test_a_follow_up_is_marked_done_and_the_list_knows_what_is_overdue(scene, client_as, engine) -> None:
    with transaction.unit(engine) as s, changing(s):
        held = events.event(s, "Jednání", under=s.get(Record, scene["top"]), held="2020")
        late = events.follow_up(s, held, "Po termínu", due="2020-05").id
        events.follow_up(s, held, "Někdy", due="2050-01-01")
    client = client_as("editor", frameworks=[scene["top"]])
    assert len(rows(client.get("/follow-ups"))) == 2
    [overdue] = rows(client.get("/follow-ups?due=overdue"))
    assert overdue.startswith("Po termínu") and overdue.endswith("po termínu")
    refused = client.submit(client.get(f"/follow-ups/{late}/edit"), 422, done="1. 6. 2020")
    assert refused.errors() == ["Stav : Úkol má den splnění. Označte ho za splněný, nebo den smažte."]
    client.submit(client.get(f"/follow-ups/{late}/edit"), done="1. 6. 2020", fields={"state": "done"})
    assert rows(client.get("/follow-ups?due=overdue")) == []
    with transaction.unit(engine) as s:
        assert (s.get(FollowUp, late).state, s.get(FollowUp, late).done) == ("done", When("2020-06-01"))


def test_two_people_editing_one_event_lose_nothing(scene, client_as, engine) -> None:
    with transaction.unit(engine) as s, changing(s):
        event_id = events.event(s, "Jednání", under=s.get(Record, scene["top"]), held="2026").id
    one, two = client_as("editor", everywhere=True), client_as("administrator")
    mine, theirs = one.get(f"/events/{event_id}/edit"), two.get(f"/events/{event_id}/edit")
    two.submit(theirs, held="12. 12. 2026", place_cs="Tbilisi")
    joined = one.submit(mine, outcome_cs="Shoda")
    assert joined.status == 303
    clash = one.submit(mine, 409, held="13. 12. 2026")
    assert "12. 12. 2026" in clash.text.replace("\xa0", " ") and "13. 12. 2026" in clash.text.replace("\xa0", " ")
    with transaction.unit(engine) as s:
        event = s.get(Event, event_id)
        assert (event.held, event.place_cs, event.outcome_cs) == (When("2026-12-12"), "Tbilisi", "Shoda")


def test_an_editor_of_one_framework_must_say_under_which_record_they_book(scene, client_as) -> None:
    client = client_as("editor", frameworks=[scene["top"]])
    page = client.get("/events/add")
    offered = {o["value"] for o in page.soup.select("select[name=under] option")}
    assert offered == {"", str(scene["top"]), str(scene["project"])}
    refused = client.submit(page, 422, name_cs="Jednání")
    assert refused.errors() == ["Rámec nebo projekt : Vyplňte tento údaj."]


def test_the_home_page_has_the_next_events_and_no_cancelled_or_past_one(client_as, engine) -> None:
    with transaction.unit(engine) as s, changing(s):
        for name, held, change in (
            ("Příští jednání", "2050-01-01", None), ("Loňské jednání", "2020-01-01", None),
            ("Zrušené jednání", "2050-01-02", "cancelled"), ("Bez data", None, None),
        ):  # fmt: skip
            events.event(s, name, held=held, change=change)
    text = client_as("viewer").get("/").text
    assert "Příští jednání" in text
    assert not any(name in text for name in ("Loňské jednání", "Zrušené jednání", "Bez data"))
