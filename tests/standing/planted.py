"""One record of each kind that has a standing, named so that it is found wherever it is told of."""

from __future__ import annotations

from datetime import timedelta

from portal.kernel import clock
from portal.kernel.record import Record
from portal.kernel.when import When
from portal.sources.facts import Pair
from tests.factories import (
    budgets,
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

MARK = "qzxstazeno"


def plant(s) -> dict[str, Record]:
    """One record of each kind that has a standing, none lying under another but where it must: each is tried by itself."""
    today = clock.present().date()
    name = lambda kind: f"{MARK} {kind}"  # noqa: E731
    place = frameworks.framework(s, "Rámec v platnosti")
    country = partners.country(s, "Fidži", "FJ")
    partners.role(s, place, country, "partner")
    project = funding.project(s, "Projekt v platnosti", framework=place)
    event = events.event(s, "Jednání v platnosti", under=place, held=today.isoformat())
    contract = funding.contract(s, project, "PLATI/1")
    found = {
        "framework": frameworks.framework(s, name("framework")),
        "project": funding.project(s, name("project"), framework=place, status="2", countries=[country.id]),
        "organisation": funding.organisation(s, name("organisation"), country=country.id),
        "event": events.event(s, name("event"), under=place, held=today.isoformat()),
        "follow_up": events.follow_up(s, event, name("follow_up"), due=(today - timedelta(days=1)).isoformat()),
        "role_holder": events.role_holder(s, name("role_holder")),
        "phase": frameworks.phase(s, place, name("phase")),
        "question": questions.question(s, project, name("question")),
        "instrument": funding.instrument(s, name("instrument")),
        "contract": funding.contract(s, project, name("contract")),
        "addendum": funding.addendum(s, contract, number=name("addendum")),
        "flow": funding.flow(s, project, 1000),
        "legal_instrument": legal.legal_instrument(s, name("legal_instrument")),
        "milestone": results.milestone(s, project, name("milestone"), due=(today - timedelta(days=1)).isoformat()),
        "activity": results.activity(s, project, name("activity")),
        "indicator": results.indicator(s, project, name("indicator")),
        "risk": results.risk(s, project, name("risk")),
        "obligation": obligations.obligation(s, project, name("obligation")),
        "budget": budgets.budget(s, contract, lines=[("2.1", "1", "5.00")], name=Pair(name("budget"), name("budget"))),
        "due_report": obligations.due_report(s, contract, name="Zprávy v platnosti"),
    }
    for kind in ("flow", "due_report"):
        found[kind].rename(name(kind), name(kind))
    found["country"] = country
    progress.update(
        s, found["project"], When(today.isoformat()).edtf, light="bad", happened=name("update"), next_steps="x"
    )
    return found
