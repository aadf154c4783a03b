"""The projects of a framework, for a scoreboard."""

from __future__ import annotations

from collections.abc import Callable

from portal.donor_workbooks.catalogue.reading import NOT_STATED, code, day, doubts, of_fact, pair, plain, read_ahead
from portal.donor_workbooks.catalogue.registry import Asked, Found, known, offer, source, unknown
from portal.donor_workbooks.catalogue.subject import subject_of
from portal.donor_workbooks.rules.ways import RECORD
from portal.kernel import codes
from portal.kernel.errors import N_
from portal.partners.models import Participation
from portal.partners.queries import participations
from portal.projects.models import Project
from portal.projects.queries import countries_of, in_framework
from portal.projects.queries import projects as visible_projects

PLANNED = N_("a planned date")


def lines(asked: Asked) -> list[Project] | None:
    """Visible projects in force of the framework and of what lies below it, in the order in which they were recorded."""
    held = subject_of(asked)
    if held is None or held.kind != "framework":
        return None
    wanted = visible_projects(asked.actor).where(in_framework(asked.actor, held.id)).order_by(Project.id)
    return list(asked.s.scalars(wanted))  # all of them: more than the file has rows for is an obstacle, never cut


def _countries(asked: Asked, line: Project, told: tuple[str, ...]) -> Found:
    found = [one for _id, one in countries_of(asked.s, asked.actor, [line.id])]
    asked.says(*found)
    names = [one.name(asked.language) for one in found]
    return known(", ".join(names), *told) if names else unknown(NOT_STATED)


def _partners(asked: Asked, line: Project) -> Found:
    """Who takes part, who leads first, each with its role."""
    parts = participations(asked.s, asked.actor, within=[line.id])
    asked.mended(RECORD, line.id, "roles")
    asked.says(*(record for one in parts for record in (one.participation, one.participant)))
    read_ahead(asked, [one.participation for one in parts])
    told = [doubt for one in parts for doubt in doubts(asked, one.participation, "role")]
    found = [(one.participant.name(asked.language), _role(one.participation, asked.language)) for one in parts]
    return known("; ".join(f"{name} ({role})" for name, role in found), *told) if found else unknown(NOT_STATED)


def _end(actual: str, planned: str) -> Callable[[Asked, Project], Found]:
    """The actual date; where none is stated the planned one, and that it is planned."""

    def value(asked: Asked, line: Project) -> Found:
        held, plan = getattr(line, actual), getattr(line, planned)
        if held is None and plan is not None:
            return day(plan, asked.language, *doubts(asked, line, planned), PLANNED)
        return day(held, asked.language, *doubts(asked, line, actual))

    return value


def _planned(fact: str) -> Callable[[Asked, Project], Found]:
    return of_fact(fact, lambda asked, line, told: day(getattr(line, fact), asked.language, *told))


def _role(one: Participation, language: str) -> str:
    """The words of the source, which may be unsure of it; else what the role is called."""
    words: str = one.role_cs if language == "cs" else one.role_en
    return words or codes.label("participation_roles", one.role, language)


source("projects", N_("Projects of the framework"), lines)
offer(
    "projects.name", N_("Project"), ("Action", "Project", "Project title", "Akce", "Projekt", "Název projektu"),
    of_fact("name", lambda asked, line, told: pair(asked, line, "name", *told)), rows="projects",
)  # fmt: skip
offer(
    "projects.status", N_("Status"), ("Status", "State of play", "Stav", "Stav plnění"),
    of_fact("status", lambda asked, line, told: code("activity_status", line.status, asked.language, *told)),
    rows="projects",
)  # fmt: skip
offer(
    "projects.countries",
    N_("Countries"),
    ("Country", "Countries", "Partner country", "Země", "Partnerská země"),
    of_fact("countries", _countries),
    rows="projects",
)
offer(
    "projects.description", N_("Description"), ("Description", "Popis"),
    of_fact("description", lambda asked, line, told: pair(asked, line, "description", *told)), rows="projects",
)  # fmt: skip
offer(
    "projects.start", N_("Actual start, else the planned one"), ("Start", "Start date", "Začátek", "Zahájení"),
    _end("actual_start", "planned_start"), rows="projects",
)  # fmt: skip
offer(
    "projects.end", N_("Actual end, else the planned one"), ("End", "End date", "Konec", "Ukončení"),
    _end("actual_end", "planned_end"), rows="projects",
)  # fmt: skip
offer(
    "projects.planned_start", N_("Planned start"), ("Planned start", "Plánovaný začátek", "Plánované zahájení"),
    _planned("planned_start"), rows="projects",
)  # fmt: skip
offer(
    "projects.planned_end", N_("Planned end"), ("Planned end", "Plánovaný konec", "Plánované ukončení"),
    _planned("planned_end"), rows="projects",
)  # fmt: skip
offer(
    "projects.partners", N_("Who takes part"),
    ("Partners", "Other partners", "Lead", "Implementing partner", "Partneři", "Realizátor"), _partners, rows="projects",
)  # fmt: skip
offer(
    "projects.website",
    N_("Website"),
    ("Website", "Web", "Internet"),
    of_fact("website", lambda asked, line, told: plain(line.website, *told)),
    rows="projects",
)
