"""Two projects and two organisations that are one thing each, with something of every kind hanging on both, and whole tables
read as text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.desk.actions import follow
from portal.kernel.db import Base
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.when import When
from portal.merging.actions import Choices, merge, separate
from portal.sources.facts import Pair
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
    partners,
    progress,
    questions,
    results,
)

NOT_PORTFOLIO = ("change", "change_open", "figure_mark", "figure_part", "security_entry", "sign_in", "sign_in_attempt")
COUNTING = ("version",)


@dataclass
class Scene:
    """`kept` and `absorbed` of a kind, and what is asked of by name."""

    kept: Record
    absorbed: Record
    by_name: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        return self.by_name[name]


def projects(s: Session) -> Scene:
    """The Georgian flagship and the reintegration project: maybe one thing, each with all that can hang on a project."""
    framework = frameworks.framework(s, "Partnerství pro mobilitu")
    georgia, moldova = partners.country(s, "Gruzie", "GE"), partners.country(s, "Moldavsko", "MD")
    giver, doer = partners.organisation(s, "Evropská komise"), partners.organisation(s, "IOM")
    editor = accounts.person(s, "editor", everywhere=True, name="Eva Editorová")
    kept = funding.project(
        s, "Vlajkový projekt", framework=framework, planned_start=When("2013"), countries=[georgia.id], status="2",
        backed=funding.support(s, quotation="Vlajkový projekt Gruzie"),
    )  # fmt: skip
    absorbed = funding.project(
        s, "Reintegrace navrátilců", framework=framework, planned_start=When("2013-02"), actual_end=When("2015"),
        countries=[georgia.id, moldova.id], website="https://iom.example/", reference="MV-12/2014", status="4",
        cz_role=Pair("partner", "partner"), backed=funding.support(s, "public", "Reintegrace gruzínských navrátilců"),
    )  # fmt: skip
    other = funding.project(s, "Jiný projekt", framework=framework)
    found: dict[str, Any] = {"framework": framework, "giver": giver, "doer": doer, "editor": editor, "other": other}
    found["same"] = partners.link(s, kept, absorbed)
    found["mine"] = funding.flow(s, kept, 600, type_code="2", provider=giver.id, receiver=doer.id)
    found["twice"] = funding.flow(s, absorbed, 600, type_code="2", provider=giver.id)
    found["more"] = funding.flow(s, absorbed, 40, type_code="2", provider=giver.id, receiver=doer.id)
    found["contract"] = funding.contract(s, absorbed, "IOM/7")
    found["role"] = partners.role(s, absorbed, doer, "implementing")
    for one in (kept, absorbed):
        partners.role(s, one, giver, "donor")
        partners.link(s, one, other, "follows")
        desk.comment(s, one, editor, f"K projektu {one.name_cs}")
    found["part"] = funding.project(s, "Část", umbrella=absorbed)
    event = events.event(s, "Úvodní jednání", under=absorbed, held="2013-03-01")
    found["follow_up"] = events.follow_up(s, event, "Poslat zápis")
    found["event"] = event
    found["update"] = progress.update(s, absorbed, "2014-06", light="ok", happened="Vrátilo se 30 osob.")
    found["milestone"] = results.milestone(s, absorbed, "První návrat", due="2014-01")
    results.activity(s, absorbed, "Poradenství")
    found["indicator"] = results.indicator(s, absorbed, "Navrátilci", target="100")
    results.measured(s, found["indicator"], "2014", "30")
    results.risk(s, absorbed, "Nezájem")
    found["obligation"] = obligations.obligation(s, absorbed, recipient=giver.id)
    found["question"] = questions.question(s, absorbed, "Je to týž projekt?")
    agreement = legal.legal_instrument(s, "Readmisní dohoda")
    found["legal"] = partners.link(s, absorbed, agreement, "based_on")
    desk.task(s, absorbed, editor)
    with changing(s):
        from portal.accounts.queries import actor_of

        follow(s, actor_of(s, editor), absorbed)
        both = accounts.actor(s, "viewer")
        follow(s, both, kept)
        follow(s, both, absorbed)
    return Scene(kept, absorbed, found)


def organisations(s: Session) -> Scene:
    """Two spellings of one organisation."""
    framework = frameworks.framework(s, "Dialog")
    kept = partners.organisation(s, "IOM", abbreviation="IOM")
    absorbed = partners.organisation(s, "Mezinárodní organizace pro migraci", ref="XM-DAC-47066", seat="Ženeva")
    giver = partners.organisation(s, "Evropská komise")
    project = funding.project(s, "Projekt", framework=framework)
    found: dict[str, Any] = {"giver": giver, "project": project}
    found["flow"] = funding.flow(s, project, 100, provider=giver.id, receiver=absorbed.id)
    found["between"] = funding.flow(s, project, 5, provider=kept.id, receiver=absorbed.id)
    found["role"] = partners.role(s, project, absorbed, "implementing")
    for one in (kept, absorbed):
        partners.role(s, framework, one, "partner")
    found["below"] = partners.organisation(s, "Pobočka v Praze", parent=absorbed.id)
    found["contract"] = funding.contract(s, project, "X/1", authority=giver.id, coordinator=absorbed.id)
    found["alone"], found["both"] = (
        funding.contract(s, project, number, co_beneficiaries=members)
        for number, members in (("X/2", [giver.id, absorbed.id]), ("X/3", [kept.id, absorbed.id]))
    )
    found["instrument"] = funding.instrument(s, "Nástroj", owner=absorbed.id)
    found["act"] = legal.legal_instrument(s, "Usnesení", adopted_by=absorbed.id)
    found["contact"] = contacts.contact(s, absorbed)
    found["holder"] = events.role_holder(s, "Ředitelka", organisation=absorbed.id)
    return Scene(kept, absorbed, found)


SCENES = {"project": projects, "organisation": organisations}


def tables(s: Session) -> dict[str, list[tuple]]:
    """Every live table, row by row; versions count on and are left out."""
    s.flush()
    s.expire_all()
    found = {}
    for table in Base.metadata.sorted_tables:
        if table.info.get("twin_of") or table.name in NOT_PORTFOLIO:
            continue
        columns = [column for column in table.columns if column.name not in COUNTING]
        rows = [tuple(row) for row in s.execute(select(*columns))]
        found[table.name] = sorted(rows, key=repr)
    return found


def differing(before: dict[str, list[tuple]], after: dict[str, list[tuple]]) -> dict[str, tuple[list, list]]:
    """By table the rows that are only before, and only after."""
    found = {}
    for name, rows in before.items():
        gone = [row for row in rows if row not in after[name]]
        come = [row for row in after[name] if row not in rows]
        if gone or come:
            found[name] = (gone, come)
    return found


def put_together(
    s: Session, scene: Scene, choices: Choices | None = None, actor=SYSTEM, reason: str = "Je to totéž."
) -> None:
    with changing(s):
        merge(s, actor, scene.kept, scene.absorbed, choices or Choices(), reason)


def part(s: Session, scene: Scene, actor=SYSTEM, reason: str = "Přece jen dva."):
    with changing(s):
        return separate(s, actor, scene.absorbed, reason)
