"""A page asks the database as often for twenty rows as for two."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import count

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.transaction import change
from portal.kernel.when import When
from portal.partners.actions import add_country, give_role, link
from portal.progress.actions import report_status
from portal.projects.actions import edit_project
from portal.sources.actions import state
from portal.sources.facts import Pair
from tests.factories import accounts, frameworks, funding

CODES = (
    "AT",
    "BE",
    "BG",
    "CY",
    "DE",
    "DK",
    "EE",
    "ES",
    "FI",
    "FR",
    "GR",
    "HR",
    "HU",
    "IE",
    "IT",
    "LT",
    "LU",
    "LV",
    "MT",
    "NL",
)


@contextmanager
def queries():
    """The statements any engine runs within the block."""
    asked: list[str] = []

    def note(connection, cursor, statement, *rest) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)


class Growing:
    """A portfolio around one framework, umbrella, organisation and country, to which more of everything can be added."""

    def __init__(self, s: Session) -> None:
        self.numbers = count(1)
        self.framework = frameworks.framework(s, "Střed rámec").id
        self.organisation = funding.organisation(s, "Střed organizace").id
        self.country = add_country(s, SYSTEM, "CZ", Pair("Střed země", "Centre"), key="cz", certainty="public").id
        central = s.get_one(Record, self.framework)
        self.umbrella = funding.project(
            s, "Střed projekt", framework=central, status="2", countries=[self.country], backed=funding.support(s)
        ).id
        give_role(s, SYSTEM, s.get_one(Record, self.umbrella), s.get_one(Record, self.organisation), "lead")

    def add(self, s: Session) -> None:
        """One more of everything, tied to the middle."""
        n = next(self.numbers)
        framework, umbrella = s.get_one(Record, self.framework), s.get_one(Record, self.umbrella)
        middle, country = s.get_one(Record, self.organisation), s.get_one(Record, self.country)
        responsible = accounts.person(s, "editor", everywhere=True)
        below = frameworks.framework(s, f"Rámec {n}", parent=framework, responsible=responsible.id)
        land = add_country(s, SYSTEM, CODES[n - 1], Pair(f"Země {n}", ""), key=f"land-{n}", certainty="public")
        organisation = funding.organisation(s, f"Organizace {n}", country=self.country, parent=self.organisation)
        part = funding.project(s, f"Část {n}", umbrella=umbrella, status="2", backed=funding.support(s))
        project = funding.project(
            s, f"Projekt {n}", framework=framework, status="2", countries=[self.country, land.id],
            further_frameworks=[below.id], responsible=responsible.id, backed=funding.support(s),
        )  # fmt: skip
        instrument = funding.instrument(s, f"Nástroj {n}")
        for one in (umbrella, project):
            flow = funding.flow(
                s, one, 1000 + n, instrument=instrument, provider=organisation.id, receiver=self.organisation
            )
            funding.flow(s, one, 100, included_in=flow)
            state(s, SYSTEM, flow, "amount", funding.eur(2000 + n), funding.support(s))
            funding.contract(s, one, f"SML/{n}/{one.id}")
            role = give_role(s, SYSTEM, one, organisation, "partner", Pair(f"role {n}", ""), funding.support(s))
            state(s, SYSTEM, role, "role", "lead", funding.support(s))
            report_status(s, SYSTEM, one, {"light": "ok", "happened": f"Stalo se {n}", "held_on": When("2026-01-01")})
            state(s, SYSTEM, one, "actual_start", When(f"{2000 + n}"), funding.support(s))
        for one in (framework, below, project, part):
            give_role(s, SYSTEM, one, middle, "partner", Pair(f"účast {n}", ""))
            give_role(s, SYSTEM, one, country, "partner_country", Pair(f"země {n}", ""))
        link(s, SYSTEM, umbrella, "possibly_same", project)
        link(s, SYSTEM, umbrella, "follows", part)
        edit_project(s, SYSTEM, umbrella, {"further_frameworks": [below.id], "countries": [self.country, land.id]})

    def pages(self) -> list[str]:
        record = f"/records/{self.umbrella}/history"
        return [
            "/", "/work", "/work?scope=all", "/search?q=projekt", "/frameworks", "/frameworks?sort=name", "/projects",
            "/projects?sort=-reported", f"/projects?framework={self.framework}", "/organisations", "/countries",
            f"/frameworks/{self.framework}", f"/projects/{self.umbrella}", f"/organisations/{self.organisation}",
            f"/countries/{self.country}", "/funding", "/funding/known_funding/records",
            f"/funding/known_funding_by_framework/records?part={self.framework}",
            "/funding/projects_by_status/records?part=2", record, "/sources", "/instruments",
            "/flows", "/contracts", "/updates", "/themes", *self.filtered(),
            *(f"/k/{self.last}{path}" for path in self.filtered()),
            f"/k/{self.last}/projects", f"/k/{self.last}/projects/{self.umbrella}",
        ]  # fmt: skip

    def filtered(self) -> list[str]:
        """Lists with every filter that is asked of other tables."""
        within = f"framework={self.framework}"
        return [
            f"/frameworks?{within}&organisation={self.organisation}&role=partner&year=2010&responsible=none",
            f"/updates?{within}&country={self.country}&organisation={self.organisation}&role=partner&year=2010&responsible=none",
            f"/organisations?{within}&role=partner&responsible=none", f"/countries?{within}&role=partner_country",
            f"/contracts?{within}&project={self.umbrella}&country={self.country}&year=2010&responsible=none",
            f"/flows?{within}&country={self.country}&receiver={self.organisation}&responsible=none",
            "/instruments?year=2010&certainty=uncited&responsible=none", "/sources?year=2010&responsible=none",
        ]  # fmt: skip

    last = 0


@pytest.mark.one_engine
def test_every_list_and_profile_asks_as_often_for_twenty_rows_as_for_two(client_as, engine) -> None:
    def write(work) -> int:
        with transaction.unit(engine) as s, change(s, None, "command", actor_name="zkouška") as made:
            work(s)
            return made.id

    grown = []
    write(lambda s: grown.append(Growing(s)))
    portfolio = grown[0]
    portfolio.last = write(lambda s: [portfolio.add(s) for _ in range(2)])
    browser = client_as("editor", everywhere=True, lang="cs")
    few = asked(browser, portfolio.pages())
    portfolio.last = write(lambda s: [portfolio.add(s) for _ in range(18)])
    many = asked(browser, portfolio.pages())
    grew = {}
    for (page, two), twenty in zip(few.items(), many.values(), strict=True):
        if len(twenty) > len(two):
            more = [statement for statement in set(twenty) if twenty.count(statement) > two.count(statement)]
            grew[page] = (len(two), len(twenty), [" ".join(statement.split())[:300] for statement in more])
    assert not grew, "\n".join(f"{page}: {what}" for page, what in grew.items())


def asked(browser, pages: list[str]) -> dict[str, list[str]]:
    found = {}
    for path in pages:
        with queries() as statements:
            browser.get(path)
        # That a session is in use is noted once a minute, in a transaction of its own.
        found[path] = [
            one
            for one in statements
            if "UPDATE sign_in" not in one and not one.startswith(("PRAGMA", "BEGIN", "SET LOCAL"))
        ]
    return found
