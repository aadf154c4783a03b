"""What a person may not see is in no file, whatever the list; who is named for it finds it there."""

from __future__ import annotations

import html
import io
from zipfile import ZipFile

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record, RecordReader
from portal.kernel.veil import drape
from portal.partners.actions import give_role
from portal.sources.facts import Pair
from tests.exchange.files import PAGES
from tests.factories import (
    accounts,
    changing,
    contacts,
    desk,
    events,
    frameworks,
    funding,
    legal,
    obligations,
    progress,
    questions,
    register,
    results,
)

SECRET = "Xenotaf"
FILES = [
    *(f"/exports/{sheet}.{ending}" for sheet in PAGES for ending in ("xlsx", "csv")),
    "/exports/tasks.csv?whose=all",
]
OVERVIEW = ["/exports/commission-overview.xlsx?certainty=all", "/exports/commission-overview.xlsx?certainty=all&in=en"]


def words_of(data: bytes) -> str:
    """All that a file says, its XML included."""
    if not data.startswith(b"PK"):
        return data.decode("utf-8")
    with ZipFile(io.BytesIO(data)) as package:
        return html.unescape(" ".join(package.read(name).decode("utf-8") for name in package.namelist()))


def hide(s: Session, *records: Record) -> None:
    for record in records:
        record.confidential = True
    s.flush()
    drape(s, records)


@pytest.fixture
def secrets(seeded_engine: Engine) -> list[int]:
    """Confidential records of every kind, some of them around records that everybody sees."""
    with transaction.unit(seeded_engine) as s, changing(s):
        open_project = funding.project(s, "Veřejný projekt")
        framework = frameworks.framework(s, f"{SECRET} dialog")
        organisation = funding.organisation(s, f"{SECRET} úřad")
        instrument = funding.instrument(s, f"{SECRET} fond")
        project = funding.project(s, f"{SECRET} projekt")
        document = funding.document(s, f"{SECRET} listina")
        agreement = legal.legal_instrument(s, f"{SECRET} dohoda")
        legal.legal_instrument(s, "Veřejný zákon", laid_down_in=agreement.id, adopted_by=organisation.id)
        below = funding.project(s, f"{SECRET} pod rámcem", framework=framework)
        give_role(s, SYSTEM, open_project, organisation, "partner", Pair(f"{SECRET} role", ""))
        funding.flow(s, open_project, 777, name=Pair(f"{SECRET} dar", ""), provider=organisation.id)
        funding.flow(s, open_project, 778, name=Pair(f"{SECRET} z fondu", ""), instrument=instrument)
        funding.contract(s, project, number=f"{SECRET}/1")
        progress.update(s, below, "2015", happened=f"{SECRET} se sešel", light="ok")
        funding.contract(s, below, number=f"{SECRET}/2")
        event = events.event(s, f"{SECRET} jednání", under=framework)
        events.follow_up(s, event, f"{SECRET} úkol")
        questions.question(s, project, f"{SECRET} otázka")
        contacts.contact(s, organisation, f"{SECRET} osoba")
        contacts.contact(s, funding.organisation(s, "Veřejná organizace"), f"{SECRET} pro projekt", concerns=project.id)
        register.sent(s, obligations.due_report(s, project, name=f"{SECRET} povinnost"), SECRET)
        results.milestone(s, project, f"{SECRET} milník")
        results.activity(s, project, f"{SECRET} školení")
        results.indicator(s, project, f"{SECRET} ukazatel")
        results.risk(s, project, f"{SECRET} riziko")
        desk.task(s, project, accounts.person(s, "administrator"), f"{SECRET} zavolat")
        named = [framework, organisation, instrument, project, document, agreement]
        hide(s, *named)
        return [r.id for r in named]


def name_for(s: Session, login: str, secrets: list[int]) -> None:
    """Name the person of that login for the confidential records."""
    person = s.scalar(select(Person).where(Person.login == login))
    s.add_all(RecordReader(record_id=i, person_id=person.id) for i in secrets)


@pytest.mark.parametrize("role", ["viewer", "administrator"])
def test_a_confidential_record_is_in_no_file(seeded_as, secrets, role):
    client = seeded_as(role)
    for path in [*FILES, *OVERVIEW]:
        response = client.browser.get(path)
        assert response.status_code == 200, path
        assert SECRET.casefold() not in words_of(response.data).casefold(), path
    assert "Veřejný projekt" in words_of(client.browser.get("/exports/projects.xlsx").data)


def test_money_of_a_hidden_giver_is_in_no_sum(seeded_as, secrets, seeded_engine: Engine):
    client = seeded_as("viewer")
    for path in ("/exports/flows.csv", "/exports/projects.csv", OVERVIEW[0]):
        words = words_of(client.browser.get(path).data)
        assert "777" not in words.replace("777777", "") and "1555" not in words, path
    named = seeded_as("viewer", login="zasveceny")
    with transaction.unit(seeded_engine) as s:
        name_for(s, "zasveceny", secrets)
    for path in ("/exports/flows.csv", OVERVIEW[0]):
        words = words_of(named.browser.get(path).data)
        assert "777" in words.replace("777777", ""), f"{path} does not tell it to who may know it either"
    assert "1555" in words_of(named.browser.get("/exports/projects.csv").data)


def test_who_is_named_finds_it_in_the_files(seeded_as, secrets, seeded_engine: Engine):
    client = seeded_as("viewer", login="zasveceny")
    with transaction.unit(seeded_engine) as s:
        name_for(s, "zasveceny", secrets)
    for sheet in PAGES:
        if sheet not in ("countries", "rates"):  # published lists, the same for everybody
            whose = "?whose=all" if sheet == "tasks" else ""
            assert SECRET in words_of(client.browser.get(f"/exports/{sheet}.csv{whose}").data), sheet
    overview = words_of(client.browser.get(OVERVIEW[0]).data)
    assert f"{SECRET} dialog" in overview and f"{SECRET} dar" in overview
