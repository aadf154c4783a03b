"""History tells nobody of a confidential record that something was once tied to, and everything to those who are named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy.orm import Session

from portal.funding.actions import edit_addendum, edit_contract, edit_flow, edit_instrument
from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.transaction import change
from portal.kernel.veil import drape
from portal.projects.actions import edit_project
from portal.sources.facts import Pair
from tests.client import Client
from tests.factories import accounts, funding
from tests.history.test_pages import entries, last


class Story:
    """A project with money of a foundation that was replaced by a fund; the foundation is confidential today.

    Changes: `tied` (all is entered), `untied` (the fund takes the foundation's place), `hidden`.
    """

    def __init__(self, engine) -> None:
        self.engine, self.ids, self.changes = engine, {}, {}
        with transaction.unit(engine) as s:
            self.keep(project=funding.project(s, "ERIS", status="2"), fund=funding.organisation(s, "Fond"))
            self.keep(foundation=funding.organisation(s, "Tajná nadace"))
        with self.step("tied") as s:
            project, foundation = s.get_one(Record, self.ids["project"]), self.ids["foundation"]
            flow = funding.flow(s, project, 918, provider=foundation)
            contract = funding.contract(s, project, "SML/1", authority=foundation)
            dated = funding.contract(s, project, None, name=Pair("Smlouva s Tajnou nadací", ""), authority=foundation)
            programme = funding.instrument(s, "Program", owner=foundation, legal_basis="čl. 7")
            addendum = funding.addendum(s, dated)
            self.keep(flow=flow, contract=contract, dated=dated, instrument=programme, addendum=addendum)
        with self.step("untied") as s:
            own = {kind: s.get_one(Record, i) for kind, i in self.ids.items()}
            edit_flow(s, SYSTEM, own["flow"], {"provider": self.ids["fund"]})
            edit_contract(s, SYSTEM, own["contract"], {"authority": self.ids["fund"], "number": "SML/2"})
            edit_addendum(s, SYSTEM, own["addendum"], {"contract": self.ids["contract"], "number": "D-1"})
            edit_instrument(s, SYSTEM, own["instrument"], {"owner": None})
        with self.step("hidden") as s:
            own["foundation"] = s.get_one(Record, self.ids["foundation"])
            own["foundation"].confidential = True
            drape(s, [own["foundation"]])

    def keep(self, **records: Record) -> None:
        self.ids |= {kind: record.id for kind, record in records.items()}

    @contextmanager
    def step(self, name: str) -> Iterator[Session]:
        """One change of that name, with a reason that must not be read either."""
        with (
            transaction.unit(self.engine) as s,
            change(s, None, "form", actor_name="Referent", reason=f"dopis Tajné nadace: {name}"),
        ):
            yield s
        self.changes[name] = last(self.engine)

    def pages(self) -> list[str]:
        """Every page of history about what the foundation was tied to, now and at each moment."""
        kinds = ("project", "flow", "contract", "dated", "addendum", "instrument")
        paths = [f"/records/{self.ids[kind]}/history" for kind in kinds]
        paths += [f"/changes/{self.changes[name]}" for name in ("tied", "untied")]
        paths += ["/changes", f"/projects/{self.ids['project']}", f"/instruments/{self.ids['instrument']}"]
        return [prefix + path for prefix in ("", *(f"/k/{i}" for i in self.changes.values())) for path in paths]


@pytest.fixture
def story(engine) -> Story:
    return Story(engine)


def named_reader(story: Story, app) -> Client:
    with transaction.unit(story.engine) as s, change(s, None, "command", actor_name=SYSTEM.name):
        reader = accounts.person(s, "viewer", login="jmenovana")
        accounts.actions.name_reader(s, SYSTEM, s.get_one(Record, story.ids["foundation"]), reader)
        token = accounts.session_of(s, reader)
    client = accounts.browser(app, token)
    client.speak("cs")
    return client


@pytest.mark.one_engine
def test_no_page_of_history_names_what_a_record_was_tied_to(client_as, story) -> None:
    viewer = client_as("viewer", lang="cs")
    named = named_reader(story, viewer.app)
    met = set()
    for path in story.pages():
        answer = viewer.browser.get(path)
        assert answer.status_code in (200, 404), path
        text = answer.get_data(as_text=True)
        assert "Tajn" not in text and "není přístupný" not in text, path
        if "Tajná nadace" in named.browser.get(path).get_data(as_text=True):
            met.add(path.partition("/k/")[0] + path.rpartition("/")[2])
    assert {"changes", "history"} <= met


def test_what_was_seen_before_is_followed_by_what_was_seen_after(client_as, story) -> None:
    """A state that may not be seen never was: the flow came with the fund, the instrument never had an owner."""
    viewer = client_as("viewer", lang="cs")
    flow = entries(viewer.get(f"/records/{story.ids['flow']}/history"))
    assert len(flow) == 1 and "přidáno: tok" in flow[0] and "Poskytovatel : Fond" in flow[0]
    instrument = entries(viewer.get(f"/records/{story.ids['instrument']}/history"))
    assert len(instrument) == 1 and "přidáno: nástroj" in instrument[0] and "Vlastník" not in instrument[0]
    project = viewer.get(f"/records/{story.ids['project']}/history")
    assert "přidáno: tok Fond → ERIS" in " ".join(entries(project)) and "SML/1" not in project.text
    for path in (f"/records/{story.ids['flow']}/history", f"/changes/{story.changes['tied']}"):
        assert "dopis" not in viewer.get(path).text, "a reason is told only where all of the change may be seen"
    viewer.get(f"/k/{story.changes['tied']}/records/{story.ids['flow']}/history", status=404)


def test_who_is_named_is_told_all_of_it(client_as, story) -> None:
    named = named_reader(story, client_as("viewer").app)
    flow = entries(named.get(f"/records/{story.ids['flow']}/history"))
    assert len(flow) == 2
    assert "Název : Tajná nadace → ERIS → Fond → ERIS" in flow[0] and "Poskytovatel : Tajná nadace → Fond" in flow[0]
    assert "dopis Tajné nadace: untied" in flow[0]
    assert "přidáno: tok" in flow[1] and "Poskytovatel : Tajná nadace" in flow[1]
    instrument = entries(named.get(f"/records/{story.ids['instrument']}/history"))
    assert "Vlastník : Tajná nadace → neuvedeno" in instrument[0]


def test_what_was_open_before_it_was_tied_goes_on_from_there(client_as, engine, story) -> None:
    """Entered without a provider, given the foundation, given the fund: the reader sees no provider, then the fund."""
    with story.step("entered") as s:
        flow = funding.flow(s, s.get_one(Record, story.ids["project"]), 5, certainty="uncited")
        story.keep(open=flow)
    for name, provider in (("lent", "foundation"), ("returned", "fund")):
        with story.step(name) as s:
            edit_flow(s, SYSTEM, s.get_one(Record, story.ids["open"]), {"provider": story.ids[provider]})
    told = entries(client_as("viewer", lang="cs").get(f"/records/{story.ids['open']}/history"))
    assert len(told) == 2
    assert "Poskytovatel : neuvedeno → Fond" in told[0] and "Název : ERIS → Fond → ERIS" in told[0]
    named = entries(named_reader(story, client_as("viewer").app).get(f"/records/{story.ids['open']}/history"))
    assert len(named) == 3 and "Poskytovatel : neuvedeno → Tajná nadace" in named[1]


@pytest.mark.parametrize("which", ["flow", "contract"])
def test_facts_of_a_state_that_lay_under_a_hidden_record_are_not_there_in_its_past(client_as, story, which) -> None:
    viewer, path = client_as("viewer"), f"/records/{story.ids[which]}/facts/name"
    viewer.get(f"/k/{story.changes['tied']}{path}", status=404)
    assert "Tajn" not in viewer.get(f"/k/{story.changes['hidden']}{path}").text


def test_pages_of_changes_are_filled_with_what_may_be_seen_and_count_nothing_else(client_as, engine) -> None:
    """3 changes that all may see, 60 of a confidential project, 24 that all may see: two pages, and no number of all."""
    ids: dict[str, int] = {}

    def renamed(which: str, number: int) -> None:
        for n in range(number):
            with transaction.unit(engine) as s, change(s, None, "form", actor_name="Referent"):
                edit_project(s, SYSTEM, s.get_one(Record, ids[which]), {"name": Pair(f"{which} {number}/{n}", "")})

    with transaction.unit(engine) as s, change(s, None, "form", actor_name="Referent"):
        ids["Tajný"] = funding.project(s, "Tajný", status="2", confidential=True).id
    with transaction.unit(engine) as s, change(s, None, "form", actor_name="Referent"):
        ids["Zjevný"] = funding.project(s, "Zjevný", status="2").id
    for which, number in (("Zjevný", 2), ("Tajný", 60), ("Zjevný", 24)):
        renamed(which, number)
    viewer = client_as("viewer", lang="cs")
    for path, rows in (("/changes", "ol.hist > li"), ("/as-of", "aside .plain-list > li")):
        first = viewer.get(path)
        assert len(first.soup.select(rows)) == 25 and "Zjevný" in first.text, path
        second = viewer.get(first.link("Další"))
        assert len(second.soup.select(rows)) == 2 and "Další" not in second.soup.select_one(".pager").get_text(), path
        assert len(viewer.get(second.link("Předchozí")).soup.select(rows)) == 25, path
        for page in (first, second):
            assert "Tajný" not in page.text and " z " not in page.soup.select_one(".pager").get_text(), path
    assert "první" in viewer.get("/changes?older=nic").soup.select_one(".note").get_text()
