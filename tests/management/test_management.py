"""The page of management: headline figures, how they moved since the last quarter, and what of it may be told."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.actions.secrecy import set_secrecy
from portal.funding.actions import edit_flow
from portal.funding.models import Flow
from portal.kernel import clock, transaction
from portal.kernel.asof import as_of
from portal.kernel.clock import OFFICE_ZONE
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.settling import settle
from portal.kernel.when import When
from portal.management import keeping, queries
from portal.management.models import QuarterEnd
from portal.management.policy import OPEN
from portal.management.radar import echoes
from portal.management.rules import Moved, Quarter, last_ended
from tests.factories import events, frameworks, funding
from tests.factories.funding import eur

SUMMER, AUTUMN = datetime(2026, 8, 3, 9, tzinfo=UTC), datetime(2026, 11, 3, 9, tzinfo=UTC)
Q3 = Quarter(2026, 3)


def at(engine, moment: datetime, write) -> int:
    """Write in a change of that moment; its id."""
    with clock.stopped_at(moment), transaction.unit(engine) as s, transaction.change(s, None, "command") as made:
        write(s)
        s.flush()
        return made.id


@pytest.fixture
def grown(engine) -> dict[str, int]:
    """By the end of the third quarter one project with EUR 100; since then EUR 50 more, and a second project."""
    ids: dict[str, int] = {}

    def summer(s: Session) -> None:
        dialog = frameworks.framework(s, "Dialog")
        project = funding.project(s, "Návraty", framework=dialog)
        ids.update(framework=dialog.id, project=project.id, flow=funding.flow(s, project, 100).id)

    def autumn(s: Session) -> None:
        project = s.get_one(Record, ids["project"])
        funding.flow(s, project, 50)
        ids["second"] = funding.project(s, "Školení", framework=s.get_one(Record, ids["framework"])).id

    ids["then"], ids["since"] = at(engine, SUMMER, summer), at(engine, AUTUMN, autumn)
    return ids


def test_quarters_end_with_the_day_of_the_office() -> None:
    assert [last_ended(date(2026, m, 1)).code for m in (1, 3, 4, 7, 10, 12)] == [
        "2025-Q4", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q3",
    ]  # fmt: skip
    assert Quarter(2026, 4).end(OFFICE_ZONE) == datetime(2026, 12, 31, 23, tzinfo=UTC)
    assert Q3.end(OFFICE_ZONE) == datetime(2026, 9, 30, 22, tzinfo=UTC)  # summer time
    assert [Quarter(2026, n).last_day.isoformat()[5:] for n in (1, 2, 3, 4)] == ["03-31", "06-30", "09-30", "12-31"]
    assert Moved(eur(100), eur(150)).by == eur(50) and Moved(None, eur(1)).by is None and Moved(3, 2).by == -1


def test_the_value_of_a_quarter_is_kept_once_with_its_change(engine, grown) -> None:
    with clock.stopped_at(AUTUMN):
        assert keeping.keep(engine) is True and keeping.keep(engine) is False
        with Session(engine) as s:
            rows = s.scalars(select(QuarterEnd)).all()
            assert {row.change_id for row in rows} == {grown["then"]}
            kept = {row.figure: queries.read(row.value) for row in rows}
        assert kept["known_funding"].value.sums["EUR"].total == eur(100) and kept["projects"].value.number == 1
        assert kept["known_funding"].coverage.known == 1
        assert kept == keeping.computed(engine, grown["then"])


def test_whatever_is_written_the_kept_value_is_that_of_the_past(engine) -> None:
    """Changes at random, some records confidential: at the end of each quarter it equals what the past says today."""
    chance = random.Random(26)
    day, flows, projects = datetime(2025, 1, 2, 9, tzinfo=UTC), [], []

    def write(s: Session) -> None:
        what = chance.choice(("project", "flow", "flow", "edit", "hide"))
        if what == "project" or not projects:
            projects.append(funding.project(s, f"Projekt {len(projects)}").id)
        elif what == "flow" or not flows:
            amount = chance.choice((None, chance.randrange(1, 10**6)))
            flows.append(funding.flow(s, s.get_one(Record, chance.choice(projects)), amount).id)
        elif what == "edit":
            flow = s.get_one(Flow, chance.choice(flows))
            edit_flow(s, SYSTEM, flow, {"amount": eur(chance.randrange(1, 10**6))}, funding.support(s))
        else:
            hidden = s.get_one(Record, chance.choice(projects))
            set_secrecy(s, SYSTEM, hidden, {"confidential": not hidden.confidential, "readers": set()})
            settle(s, [hidden])

    checked = 0
    for _n in range(40):
        day += timedelta(days=chance.randrange(5, 30))
        at(engine, day, write)
        with clock.stopped_at(day + timedelta(hours=1)):
            keeping.keep(engine)
            quarter = last_ended(clock.today())
            with Session(engine) as s:
                found = keeping.at_the_end_of(s, engine, quarter)
                assert (found is None) == (queries.last_change(s, quarter) is None)
                rows = queries.kept(s, quarter)
            if found is not None:
                assert set(rows) == set(queries.HEADLINES)
                with as_of(engine, found[0]) as past:
                    assert found[1] == queries.values(past, OPEN)
                checked += 1
    assert checked > 25


def test_what_became_confidential_is_in_no_kept_value(engine, grown, client_as) -> None:
    with clock.stopped_at(AUTUMN):
        keeping.keep(engine)

        def hide(s: Session) -> None:
            project = s.get_one(Record, grown["project"])
            set_secrecy(s, SYSTEM, project, {"confidential": True, "readers": set()})
            settle(s, [project])

        at(engine, AUTUMN, hide)
        with Session(engine) as s:
            assert queries.kept(s, Q3) == {}
            _change, values = keeping.at_the_end_of(s, engine, Q3)
        assert values["projects"].value.number == 0 and not values["known_funding"].value.known
        page = client_as("viewer", lang="cs").get("/management")
        assert "100" not in page.text and "Návraty" not in page.text
        assert keeping.keep(engine) is True


def test_the_page_says_how_figures_moved_and_what_waits(engine, grown, client_as) -> None:
    with clock.stopped_at(AUTUMN):
        person = client_as("viewer", lang="cs")
        page = person.get("/management")
        text = page.text.replace("\xa0", " ")
        assert "150 EUR" in text and "od konce čtvrtletí 3/2026: +50 EUR" in text
        assert "od konce čtvrtletí 3/2026: +1" in text
        assert f"/k/{grown['then']}/management" in page.links()
        assert "Školení" in page.soup.select_one("#unknown").get_text()
        assert "bez stavu: 2 ze 2 projektů" in text
        then = person.get(f"/k/{grown['then']}/management").text.replace("\xa0", " ")
        assert "100 EUR" in then and "150 EUR" not in then
        assert "žádná hodnota ke konci čtvrtletí 2/2026" in then
    with clock.stopped_at(datetime(2027, 2, 3, 9, tzinfo=UTC)):
        later = client_as("viewer", lang="cs").get("/management").text.replace("\xa0", " ")
        assert later.count("od konce čtvrtletí 4/2026: beze změny") == 2, "money and projects"


def test_the_radar_tells_the_last_sign_of_each_framework_in_force(engine) -> None:
    with transaction.unit(engine) as s, transaction.change(s, None, "command"):
        above = frameworks.framework(s, "Nadřazený dialog")
        met = frameworks.framework(s, "Se setkáním", parent=above)
        funded = frameworks.framework(s, "S penězi")
        frameworks.framework(s, "Nikdy nic")
        frameworks.framework(s, "Ukončený", status="suspended")
        events.event(s, "Panel", under=met, held="2026-05-04")
        events.event(s, "Příští panel", under=funded, held="2027-05-04")
        project = funding.project(s, "Projekt", framework=funded)
        funding.flow(s, project, 1, valued=When("2025-02"))
        hidden = frameworks.framework(s, "Tajný")
        set_secrecy(s, SYSTEM, hidden, {"confidential": True, "readers": set()})
        settle(s, [hidden])
    with Session(engine) as s:
        found, number = echoes(s, OPEN, date(2026, 5, 14), 9)
        assert [(e.framework.name_cs, e.last, e.days) for e in found] == [
            ("Nikdy nic", None, None), ("S penězi", date(2025, 2, 28), 440),
            ("Nadřazený dialog", date(2026, 5, 4), 10), ("Se setkáním", date(2026, 5, 4), 10),
        ]  # fmt: skip
        assert number == 4
        assert len(echoes(s, SYSTEM, date(2026, 5, 14), 2)[0]) == 2


def test_an_empty_portal_has_a_page_of_management(client_as) -> None:
    page = client_as("viewer", lang="en").get("/management")
    assert "Nothing waits." in page.text and "nothing had been recorded by its end" in page.text
