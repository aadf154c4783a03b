"""Values of the project or framework a report is about: of a contract, what the contract is for."""

from __future__ import annotations

from collections.abc import Callable

from portal.donor_workbooks.catalogue.reading import (
    NOT_STATED,
    OTHER_LANGUAGE,
    code,
    day,
    doubts,
    named,
    pair,
    plain,
    seen,
    within,
)  # fmt: skip
from portal.donor_workbooks.catalogue.registry import Asked, Found, about, known, nothing, offer, unknown
from portal.donor_workbooks.rules.ways import FACT, UPDATE
from portal.funding.models import Contract
from portal.kernel.errors import N_
from portal.kernel.record import Record
from portal.progress.models import StatusUpdate
from portal.progress.queries import of_period
from portal.projects.models import Project
from portal.projects.queries import countries_of

NO_SUBJECT = N_("it is not known what the contract is for")
NO_PROJECT = N_("the report is about a framework")
NO_UPDATE = N_("no status report for the period")


def subject_of(asked: Asked) -> Record | None:
    """The project or framework the report is about, if the actor may see it."""
    held = asked.report.obligation.of
    about = held.subject if isinstance(held, Contract) else held
    if about is None or not seen(asked, about.id):
        if isinstance(held, Contract):
            asked.mended(FACT, held.id, "for")
        return None
    asked.says(about)
    return about


def _of_subject(fact: str, read: Callable[[Asked, Record, tuple[str, ...]], Found]) -> Callable[[Asked], Found]:
    def value(asked: Asked) -> Found:
        held = subject_of(asked)
        return unknown(NO_SUBJECT) if held is None else read(asked, held, doubts(asked, held, fact))

    return value


def _of_project(fact: str, read: Callable[[Asked, Project, tuple[str, ...]], Found]) -> Callable[[Asked], Found]:
    def value(asked: Asked) -> Found:
        held = subject_of(asked)
        if held is None:
            return unknown(NO_SUBJECT)
        return read(asked, held, doubts(asked, held, fact)) if isinstance(held, Project) else nothing(NO_PROJECT)

    return value


def _status(asked: Asked, held: Record, told: tuple[str, ...]) -> Found:
    name = "activity_status" if isinstance(held, Project) else "framework_statuses"
    return code(name, getattr(held, "status", None), asked.language, *told)


def _countries(asked: Asked, held: Project, told: tuple[str, ...]) -> Found:
    found = [one for _id, one in countries_of(asked.s, asked.actor, [held.id])]
    asked.says(*found)
    names = [one.name(asked.language) for one in found]
    return known(", ".join(names), *told) if names else unknown(NOT_STATED)


def update_of(asked: Asked) -> StatusUpdate | None:
    """The last status report that holds for a day of the period."""
    held = subject_of(asked)
    if held is None:
        return None
    period = asked.report.period
    asked.mended(UPDATE, held.id)
    last = asked.once(("updates", held.id), lambda: of_period(asked.s, asked.actor, [held.id], period)).get(held.id)
    asked.says(last)
    return last


def _told(field: str) -> Callable[[Asked], Found]:
    """A text of that report, in the language in which it was written."""

    def value(asked: Asked) -> Found:
        found = update_of(asked)
        if found is None:
            return unknown(NO_UPDATE)
        text = getattr(found, field)
        if text and found.lang and found.lang != asked.language:
            return unknown(OTHER_LANGUAGE)
        return plain(text, within(asked, found.held_on))

    return value


def _light(asked: Asked) -> Found:
    found = update_of(asked)
    if found is None:
        return unknown(NO_UPDATE)
    return code("lights", found.light, asked.language, within(asked, found.held_on))


about("subject", N_("Project or framework"))
about("project", N_("Project or framework"))
about("update", N_("Status report of the period"))
offer(
    "subject.name", N_("Name of the project or framework"),
    ("Project title", "Name of the project", "Project", "Název projektu", "Projekt"),
    _of_subject("name", lambda asked, held, told: pair(asked, held, "name", *told)),
)  # fmt: skip
offer(
    "project.full_title", N_("Full title of the project"), ("Full title", "Full title of the project", "Úplný název"),
    _of_project("full_title", lambda asked, held, told: pair(asked, held, "full_title", *told)),
)  # fmt: skip
offer(
    "project.acronym", N_("Acronym"), ("Acronym", "Zkratka", "Akronym"),
    _of_project("acronym", lambda asked, held, told: plain(held.acronym, *told)),
)  # fmt: skip
offer(
    "subject.description", N_("Description"),
    ("Description of the action", "Description", "Summary of the action", "Popis akce", "Popis projektu", "Popis"),
    _of_subject("description", lambda asked, held, told: pair(asked, held, "description", *told)),
)  # fmt: skip
offer(
    "subject.cz_role", N_("Role of the Czech side"), ("Role of the Czech Republic", "Úloha České republiky", "Úloha ČR"),
    _of_subject("cz_role", lambda asked, held, told: pair(asked, held, "cz_role", *told)),
)  # fmt: skip
offer("subject.status", N_("Status"), ("Status", "State of play", "Stav"), _of_subject("status", _status))
offer(
    "project.countries", N_("Countries"), ("Country", "Countries", "Location", "Země", "Místo realizace"),
    _of_project("countries", _countries),
)  # fmt: skip
offer(
    "project.framework", N_("Framework of the project"), ("Framework", "Partnership", "Rámec", "Partnerství"),
    _of_project("framework", lambda asked, held, told: named(asked, held.framework, *told)),
)  # fmt: skip
offer(
    "project.start", N_("Actual start of the project"), ("Actual start", "Skutečné zahájení"),
    _of_project("actual_start", lambda asked, held, told: day(held.actual_start, asked.language, *told)),
)  # fmt: skip
offer(
    "project.end", N_("Planned end of the project"), ("Planned end", "Plánované ukončení"),
    _of_project("planned_end", lambda asked, held, told: day(held.planned_end, asked.language, *told)),
)  # fmt: skip
offer(
    "update.happened", N_("What happened in the period"),
    ("Progress", "Activities carried out", "Description of progress", "Průběh", "Popis pokroku", "Realizované činnosti"),
    _told("happened"),
)  # fmt: skip
offer(
    "update.next_steps", N_("What comes next"), ("Next steps", "Planned activities", "Další kroky", "Plánované činnosti"),
    _told("next_steps"),
)  # fmt: skip
offer("update.light", N_("Traffic light"), ("Traffic light", "Semafor"), _light)
