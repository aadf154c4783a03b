"""The addresses of the pages that join features, one module per family of pages."""

from __future__ import annotations

from flask import Flask, g
from jinja2 import pass_context

from portal.accounts.queries import names
from portal.figures.contracts import InForce
from portal.figures.contracts import in_force as agreed_under
from portal.figures.wording import BY_SOURCES
from portal.partners.queries import in_order
from portal.portfolio.views import (  # noqa: F401  their routes
    contacts,
    events,
    exports,
    frameworks,
    home,
    partners,
    projects,
    questions,
    results,
    search,
    updates,
    work,
)
from portal.portfolio.views.blueprint import bp
from portal.web import page
from portal.web.i18n import lang

__all__ = ["bp", "install"]


def person_name(person_id: int | None) -> str | None:
    """The name of a colleague for a page, None for nobody. Asked of the database once a request and person."""
    if person_id is None:
        return None
    known = g.setdefault("person_names", {})
    if person_id not in known:
        known.update(names(page.live_session(), [person_id]))
    return known.get(person_id)


def in_force(contract, addenda, flows) -> InForce:
    """The sum in force of a contract for its page, of the addenda and flows the page shows."""
    return agreed_under(page.session(), page.actor(), contract.id, addenda, flows)


def by_sources(certainty: str) -> str:
    """By which sources a number is, in the one wording all pages use: by the certainty of its scope, or of a known sum."""
    return str(BY_SOURCES[{"document": "documents"}.get(certainty, certainty)])


def install(app: Flask) -> None:
    """Navigation, and where records of these kinds have their pages."""
    from portal.portfolio.queries.work import next_stale
    from portal.sources import wording
    from portal.web import links, nav
    from portal.web.frame import frame
    from portal.web.i18n import lazy_gettext as _l

    wording.install(app)
    frame(app).home, frame(app).search = "portfolio.home", "portfolio.search"
    app.jinja_env.globals["person_name"] = person_name
    app.jinja_env.globals["in_force"] = in_force
    app.jinja_env.globals["by_sources"] = by_sources
    app.jinja_env.filters["in_order"] = pass_context(lambda _context, parts: in_order(parts, lang()))
    app.jinja_env.globals["is_overdue"] = events.overdue
    app.jinja_env.globals.update(results.WORDS)
    app.extensions["portal.next_stale"] = next_stale
    nav.register(
        app, "portfolio.work", _l("My work"), needs="portfolio.read", order=10, key="m",
        also=("desk.tasks", "desk.task", "desk.add_task", "desk.edit_task", "desk.following", "desk.notifications"),
    )  # fmt: skip
    nav.register(
        app, "portfolio.frameworks", _l("Frameworks and dialogues"), needs="framework.read", order=20, key="r",
        also=("portfolio.framework", "portfolio.phase", "frameworks"),
    )  # fmt: skip
    nav.register(
        app, "portfolio.projects", _l("Projects"), needs="project.read", order=30, key="p",
        also=("portfolio.project", "portfolio.updates", "projects", "progress", "results", "portfolio.milestones",
              "portfolio.milestone", "portfolio.activities", "portfolio.activity", "portfolio.indicators",
              "portfolio.indicator", "portfolio.risks", "portfolio.risk"),
    )  # fmt: skip
    nav.register(
        app, "portfolio.events", _l("Events"), needs="event.read", order=35, key="j",
        also=("portfolio.event", "portfolio.follow_ups", "portfolio.follow_up", "portfolio.role_holder", "events",
              "calendar"),
    )  # fmt: skip
    nav.register(
        app, "portfolio.organisations", _l("Organisations"), needs="organisation.read", order=60, key="o",
        also=("portfolio.organisation", "portfolio.countries", "portfolio.country", "partners", "portfolio.contacts",
              "portfolio.contact", "contacts"),
    )  # fmt: skip
    for kind in (
        "framework",
        "project",
        "organisation",
        "country",
        "event",
        "follow_up",
        "role_holder",
        "phase",
        "question",
        "milestone",
        "activity",
        "indicator",
        "risk",
        "contact",
    ):
        links.register(app, kind, f"portfolio.{kind}", f"{kind}_id")
    links.register(app, "theme", "portfolio.projects", "theme")
    exports.offer(app)
