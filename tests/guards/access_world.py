"""The small portfolio on which access is tried: people of every role, records in three situations, and their cross links.

`own`        visible, below the framework given to the people called `…_own`
`elsewhere`  visible, in a framework given to nobody of them
`secret`     confidential, below the same framework as `own`; only the people called `…_named` are named

Visible records are tied to secret ones in every way there is (roles, flows, links, citations, further frameworks), because
joined names are where secrets get out; some were tied and are untied again, because the past has names too.
Every text of a secret record holds `CANARY`. A world built with `secrets=False`
is the same portfolio as somebody knows it who is not named: same ids, same moments, nothing secret ever entered.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from portal.accounts import actions as people
from portal.accounts import queries
from portal.accounts.models import Person
from portal.accounts.rules import token_hash
from portal.calendar.models import CalendarFeed
from portal.desk import actions as desk
from portal.donor_workbooks.models import DonorLetGo
from portal.events.actions import edit_event
from portal.funding.actions import edit_contract, edit_flow
from portal.kernel import clock, transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.settling import settle
from portal.kernel.when import When
from portal.legal.actions import edit_legal_instrument
from portal.merging.actions import Choices, merge
from portal.obligations.queries import reports_of
from portal.partners.actions import add_country, give_role, link
from portal.progress.actions import report_status
from portal.projects.actions import add_theme, edit_project
from portal.sources.actions import Quotation, cite
from portal.sources.facts import Pair
from portal.sources.models import Citation, Statement
from tests.factories import accounts, budgets, contacts, events, frameworks, funding, legal, questions, results
from tests.factories.donor_workbooks import of_another_time
from tests.factories.register import sent

FEED = "adresa-kalendare-jedne-osoby"
"""The secret of a feed, the same in every world."""
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SEARCHED, CANARY = "qzxhledane", "vwytajne"
SITUATIONS = ("own", "elsewhere", "secret")

PEOPLE: dict[str, tuple[str, str | None]] = {
    "viewer": ("viewer", None),
    "viewer_named": ("viewer", None),
    "editor_nowhere": ("editor", None),
    "editor_own": ("editor", "own"),
    "editor_own_named": ("editor", "own"),
    "editor_everywhere": ("editor", "everywhere"),
    "reporting_own": ("reporting_officer", "own"),
    "reporting_everywhere": ("reporting_officer", "everywhere"),
    "administrator": ("administrator", None),
    "administrator_named": ("administrator", None),
    "disabled": ("editor", "everywhere"),
    "signed_out": ("editor", "everywhere"),
}
"""Who asks: role, and where they write. Besides them asks `anonymous`."""
STRANGERS = ("anonymous", "disabled", "signed_out")
"""Without a session that holds: two of them send the cookie of one that did."""
CASES = ("anonymous", *PEOPLE)
WRITES_ON_THE_DESK = "administrator_named"
"""Who wrote the comments of this world and made its tasks."""
FOLLOWERS = ("viewer", "administrator")
"""Who followed the secret records while they could be seen, and was notified of them."""


@dataclass
class World:
    """What was built: tokens by case, ids by situation and kind, the last change before records became confidential."""

    tokens: dict[str, str] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    records: dict[str, dict[str, int]] = field(default_factory=dict)
    before_secrecy: int = 0
    last: int = 0


def build(engine: Engine, secrets: bool = True) -> World:
    """Build the world with the clock standing at NOON; sessions count from there."""
    world = World()
    with clock.stopped_at(NOON - timedelta(days=1)):
        with transaction.unit(engine) as s, transaction.change(s, None, "seed", actor_name="world"):
            top = frameworks.framework(s, "Strom")
            for situation in SITUATIONS[:2]:
                world.records[situation] = bundle(s, situation, situation, parent=top if situation == "own" else None)
            top_id = top.id
        with transaction.unit(engine) as s:
            for case, (role, where) in PEOPLE.items():
                add(s, world, case, role, where, top_id)
            s.flush()
            whose = world.people["editor_nowhere"]
            s.add(CalendarFeed(person_id=whose, token_hash=token_hash(FEED), made_at=clock.present()))
        with transaction.unit(engine) as s, transaction.change(s, None, "form", actor_name="world"):
            if secrets:
                words = f"{SEARCHED} {CANARY}"
                world.records["secret"] = bundle(s, "secret", words, parent=s.get_one(Record, top_id))
                tie(s, world.records["own"], world.records["secret"])
                lend(s, world.records["own"], world.records["secret"]["organisation"])
            talk(s, world)
            s.get_one(Record, world.records["elsewhere"]["document"]).note_cs = "druhý zápis"
        for situation in SITUATIONS[:2]:
            with transaction.unit(engine) as s, transaction.change(s, None, "form", actor_name="world") as edited:
                edit(s, world, situation, edited.id)
        with transaction.unit(engine) as s, transaction.change(s, None, "form", actor_name="world") as untied:
            if secrets:
                lend(s, world.records["own"], world.records["own"]["organisation"])
            world.before_secrecy = untied.id
            s.get_one(Record, world.records["elsewhere"]["document"]).note_cs = "zápis po rozvázání"
        with transaction.unit(engine) as s, transaction.change(s, None, "form", actor_name="world") as third:
            if secrets:
                hide(s, world)
            world.last = third.id
            s.get_one(Record, world.records["elsewhere"]["document"]).note_cs = "třetí zápis"
    with clock.stopped_at(NOON), transaction.unit(engine) as s:
        for case, person_id in world.people.items():
            world.tokens[case] = accounts.session_of(s, s.get_one(Person, person_id))
        people.disable_person(s, SYSTEM, s.get_one(Person, world.people["disabled"]))
        people.sign_out(s, world.tokens["signed_out"])
    return world


def add(s: Session, world: World, case: str, role: str, where: str | None, top: int) -> None:
    person = accounts.person(
        s, role, login=case.replace("_", "."), name=case, everywhere=where == "everywhere",
        frameworks=[top] if where == "own" else (),
    )  # fmt: skip
    world.people[case] = person.id


def bundle(s: Session, situation: str, words: str, parent) -> dict[str, int]:
    """One record of each kind, tied to each other; ids by kind."""
    country = add_country(
        s, SYSTEM, {"own": "XA", "elsewhere": "XB", "secret": "XC"}[situation], named("Země", words),
        key=f"country:{situation}", certainty="public",
    )  # fmt: skip
    theme = add_theme(s, SYSTEM, f"Téma {words}", f"Theme {words}")
    framework = frameworks.framework(s, f"Rámec {words}", parent=parent, description=named("Popis", words))
    organisation = funding.organisation(s, f"Organizace {words}")
    document = funding.document(s, f"Dokument {words}", body=words)
    project = funding.project(
        s, f"Projekt {words}", framework=framework, status="2", description=named("Popis", words),
        countries=[country.id], themes=[theme.id], note=named("Poznámka", words),
        backed=funding.Support("document", (Quotation(document.id, "s. 1", words),)),
    )  # fmt: skip
    part = funding.project(s, f"Část {words}", framework=framework, umbrella=project)
    second = funding.project(s, f"Druhý projekt {words}", framework=framework)
    merged = funding.project(s, f"Zapsáno dvakrát {words}", framework=framework)
    merge(s, SYSTEM, second, merged, Choices(), f"Totéž {words}")
    instrument = funding.instrument(s, f"Nástroj {words}")
    legal_instrument = legal.legal_instrument(
        s, f"Dohoda {words}", number=named("Číslo", words), aim=named("Cíl", words),
        adopted_by=None if situation == "own" else organisation.id,  # a secret one adopts it below
    )  # fmt: skip
    link(s, SYSTEM, project, "based_on", legal_instrument)
    link(s, SYSTEM, legal_instrument, "grounds", framework)
    contract = funding.contract(s, project, f"SML/{words}", instrument=instrument.id, authority=organisation.id)
    addendum = funding.addendum(s, contract, number="1", topic=named("Dodatek", words))
    flow = funding.flow(
        s, project, 1000, instrument=instrument, provider=organisation.id, certainty="uncited"
    )  # the factory would make a visible document for any other certainty
    obligation, due_report, budget = budgets.reported(s, contract, organisation, words)
    sent_file = sent(s, reports_of(s, SYSTEM, obligation.id)[1], words)
    donor_file = of_another_time(s, f"Formulář {words}", organisation)
    participation = give_role(s, SYSTEM, project, organisation, "partner", named("Role", words))
    linked = link(s, SYSTEM, project, "follows", part)
    values = {"light": "ok", "status": "2", "held_on": When("2026-11-20"), "happened": words, "next_steps": words}
    status_update = report_status(s, SYSTEM, project, values, lang="cs")
    asking = frameworks.framework(s, f"Schvaluje {words}", parent=framework, asks_approval=True)
    approval = report_status(s, SYSTEM, asking, {k: v for k, v in values.items() if k != "status"}, lang="cs")
    phase = frameworks.phase(s, framework, f"Fáze {words}", aim=named("Cíl", words))
    question = questions.question(s, project, f"Otázka {words}", advice=named("Rada", words))
    event = events.event(s, f"Jednání {words}", under=project, held="2026-10", outcome=named("Výsledek", words))
    follow_up = events.follow_up(s, event, f"Úkol {words}", due="2026-12-01", owner=organisation.id)
    milestone = results.milestone(s, project, f"Milník {words}", due="2026-10", reached="2026-11-01")
    activity = results.activity(s, project, f"Aktivita {words}", start="2026-01", state="running")
    indicator = results.indicator(s, project, f"Ukazatel {words}", baseline="1", target="9.5", unit=f"osob {words}")
    indicator_value = results.measured(s, indicator, "2026-10", "4", note=named("Hodnota", words))
    risk = results.risk(s, framework, f"Riziko {words}", "4", "5", measures=named("Opatření", words))
    contact = contacts.contact(
        s, organisation, f"Osoba {words}", function=named("Funkce", words), purpose=named("Účel", words),
        email=f"{words.split()[0]}@example.org", concerns=project.id,
    )  # fmt: skip
    role_holder = events.role_holder(s, f"Ministr {words}", country=country.id, office=named("Funkce", words))
    give_role(s, SYSTEM, event, role_holder, "participant")
    give_role(s, SYSTEM, event, country, "host")
    s.add(DonorLetGo(file_id=donor_file.id, sheet="Jinde", row=1, column=1, key="contract.number"))
    statement = s.scalars(select(Statement).where(Statement.record_id == project.id).order_by(Statement.id)).first()
    citation = s.scalars(select(Citation).where(Citation.document_id == document.id).order_by(Citation.id)).first()
    made = {
        "country": country, "theme": theme, "framework": framework, "organisation": organisation, "document": document,
        "project": project, "part": part, "legal_instrument": legal_instrument, "instrument": instrument, "contract": contract,
        "addendum": addendum, "flow": flow, "obligation": obligation, "due_report": due_report, "budget": budget,
        "sent_file": sent_file,
        "donor_workbook": donor_file.workbook, "donor_file": donor_file, "donor_cell": donor_file.cells[0],
        "participation": participation, "link": linked, "status_update": status_update, "statement": statement,
        "phase": phase, "question": question, "event": event, "follow_up": follow_up, "role_holder": role_holder,
        "citation": citation, "approval": approval, "second": second, "merged": merged,
        "milestone": milestone, "activity": activity, "indicator": indicator,
        "indicator_value": indicator_value, "risk": risk, "contact": contact,
    }  # fmt: skip
    return {kind: one.id for kind, one in made.items()}


def talk(s: Session, world: World) -> None:
    """Comments and tasks on a record of each situation; the secret ones are followed, so that somebody is notified."""
    author = actor(s, world, WRITES_ON_THE_DESK)
    for situation, records in world.records.items():
        project = s.get_one(Record, records["project"])
        if situation == "secret":
            for case in FOLLOWERS:
                desk.follow(s, actor(s, world, case), project)
        text = f"Vzkaz {CANARY if situation == 'secret' else situation}"
        records["comment"] = desk.add_comment(s, author, project, text).id
        values = {"title": text, "text": text, "assignee": author.person_id, "due": NOON.date()}
        records["task"] = desk.make_task(s, author, project, values).id


def edit(s: Session, world: World, situation: str, change_id: int) -> None:
    """Edit the project of a situation, so that there is a change to undo. (Of a change about secret records alone nobody is
    told who is not named: tests/history/test_undo_secrecy.py.)"""
    of = world.records[situation]
    s.get_one(Record, of["project"]).reference = f"MV-{change_id}"
    of["edit"] = change_id


def named(kind: str, words: str) -> Pair:
    return Pair(f"{kind} {words}", f"{kind} {words}")


def tie(s: Session, visible: dict[str, int], secret: dict[str, int]) -> None:
    """Tie a visible project to secret records in every way."""
    project, framework = s.get_one(Record, visible["project"]), s.get_one(Record, visible["framework"])
    hidden = {kind: s.get_one(Record, secret[kind]) for kind in ("organisation", "country", "project", "framework")}
    give_role(s, SYSTEM, project, hidden["organisation"], "partner", Pair("hraje", "plays"))
    give_role(s, SYSTEM, framework, hidden["country"], "participant", Pair("hraje", "plays"))
    link(s, SYSTEM, project, "follows", hidden["project"])
    link(s, SYSTEM, hidden["project"], "related", project)
    agreement, secret_one = (s.get_one(Record, one["legal_instrument"]) for one in (visible, secret))
    link(s, SYSTEM, project, "implements", secret_one)
    link(s, SYSTEM, agreement, "grounds", hidden["project"])
    link(s, SYSTEM, secret_one, "amends", agreement)
    edit_legal_instrument(s, SYSTEM, agreement, {"laid_down_in": secret_one.id, "adopted_by": secret["organisation"]})
    funding.flow(s, project, 2000, provider=hidden["organisation"].id, certainty="uncited")
    funding.project(s, f"Vidět nesmí {CANARY}", framework=framework, umbrella=hidden["project"])
    edit_project(
        s, SYSTEM, project,
        {
            "further_frameworks": [hidden["framework"].id],
            "countries": [visible["country"], hidden["country"].id],
            "themes": [visible["theme"], secret["theme"]],
        },
    )  # fmt: skip
    event = s.get_one(Record, visible["event"])
    give_role(s, SYSTEM, event, s.get_one(Record, secret["role_holder"]), "participant")
    link(s, SYSTEM, event, "follows", s.get_one(Record, secret["event"]))
    edit_event(s, SYSTEM, event, {"country": secret["country"]})
    events.follow_up(s, event, f"Slíbil {CANARY}", owner=secret["organisation"])
    statement = s.get_one(Statement, visible["statement"])
    cite(s, SYSTEM, statement, [Quotation(secret["document"], "s. 2", f"citát {CANARY}")])


def lend(s: Session, visible: dict[str, int], organisation: int) -> None:
    """Tie a visible flow and contract to a secret organisation, or untie them again: they stand then as they did
    before, and what they were called in between must be nowhere."""
    edit_flow(s, SYSTEM, s.get_one(Record, visible["flow"]), {"provider": organisation})
    edit_contract(s, SYSTEM, s.get_one(Record, visible["contract"]), {"authority": organisation})


def hide(s: Session, world: World) -> None:
    """Make the secret records confidential, as they were not when they were entered, and name their readers."""
    kinds = (
        "country", "theme", "framework", "organisation", "document", "project", "legal_instrument", "instrument", "contract",
        "flow", "role_holder",
    )  # fmt: skip
    records = [s.get_one(Record, world.records["secret"][kind]) for kind in kinds]
    for record in records:
        for case in world.people:
            if case.endswith("_named"):
                people.name_reader(s, SYSTEM, record, s.get_one(Person, world.people[case]))
        record.confidential = True
    settle(s, records)


def actor(s: Session, world: World, case: str):
    """The rights of a case, as the portal reads them."""
    return queries.actor_of(s, s.get_one(Person, world.people[case]))
