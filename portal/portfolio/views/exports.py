"""The lists of this feature as files: the same listing, SELECT and right as the page."""

from __future__ import annotations

from flask import Flask

from portal.contacts import queries as contacts
from portal.contacts.sheet import CONTACTS as CONTACTS_SHEET
from portal.events import queries as events
from portal.frameworks.queries import frameworks as select_frameworks
from portal.partners.queries import organisations as select_organisations
from portal.portfolio import sheet
from portal.portfolio.listings.contacts import CONTACTS, select_contacts
from portal.portfolio.listings.events import EVENTS, FOLLOW_UPS
from portal.portfolio.listings.frameworks import FRAMEWORKS
from portal.portfolio.listings.partners import COUNTRIES, ORGANISATIONS
from portal.portfolio.listings.projects import PROJECTS
from portal.portfolio.listings.questions import QUESTIONS, select_questions
from portal.portfolio.listings.results import ACTIVITIES, INDICATORS, MILESTONES, RISKS
from portal.portfolio.listings.updates import UPDATES
from portal.portfolio.queries import events as event_lines
from portal.portfolio.queries import lines, update_rows
from portal.portfolio.queries.project_rows import select_projects
from portal.portfolio.views import partners
from portal.questions import queries as questions
from portal.questions.sheet import QUESTIONS as QUESTIONS_SHEET
from portal.results import queries as results
from portal.results import sheet as results_sheet
from portal.workbooks.exports import Export, register


def offer(app: Flask) -> None:
    """Register the lists of projects, frameworks, organisations, countries, status updates, events, questions, contacts and
    results."""
    register(
        app,
        Export(sheet.PROJECTS, PROJECTS, lambda v: select_projects(v.actor), "project.read", lines.of_projects),
    )
    register(
        app,
        Export(
            sheet.FRAMEWORKS, FRAMEWORKS, lambda v: select_frameworks(v.actor), "framework.read",
            lines.of_frameworks, whole=_tree,
        ),
    )  # fmt: skip
    register(
        app,
        Export(
            sheet.ORGANISATIONS, ORGANISATIONS, lambda v: select_organisations(v.actor), "organisation.read",
            lines.of_partners,
        ),
    )  # fmt: skip
    register(app, Export(sheet.COUNTRIES, COUNTRIES, partners.countries_shown, "country.read", lines.of_partners))
    register(
        app,
        Export(
            sheet.UPDATES,
            UPDATES,
            lambda v: update_rows.select_updates(v.actor),
            "status_update.read",
            update_rows.dress,
        ),
    )
    register(app, Export(sheet.EVENTS, EVENTS, lambda v: events.events(v.actor), "event.read", event_lines.file_lines))
    register(
        app,
        Export(
            sheet.FOLLOW_UPS, FOLLOW_UPS, lambda v: events.follow_ups(v.actor), "follow_up.read", events.follow_up_lines
        ),
    )  # fmt: skip
    register(
        app, Export(QUESTIONS_SHEET, QUESTIONS, lambda v: select_questions(v.actor), "question.read", questions.lines)
    )
    register(app, Export(CONTACTS_SHEET, CONTACTS, lambda v: select_contacts(v.actor), "contact.read", contacts.lines))
    for shown, listing, kind, dress in (
        (results_sheet.MILESTONES, MILESTONES, "milestone", results.lines),
        (results_sheet.ACTIVITIES, ACTIVITIES, "activity", results.lines),
        (results_sheet.INDICATORS, INDICATORS, "indicator", results.indicator_lines),
        (results_sheet.RISKS, RISKS, "risk", results.lines),
    ):
        register(app, Export(shown, listing, _results(kind), f"{kind}.read", dress))


def _results(kind: str):
    """The SELECT of the results of a kind, as its page asks it."""
    return lambda v: results.results(v.actor, results.MODELS[kind])


def _tree(v):
    """The page shows the tree while nothing is filtered or ordered."""
    if v.active or any(name == "sort" for name, _value in v.args):
        return None
    return lines.whole_tree(v.s, v.actor, v.lang)
