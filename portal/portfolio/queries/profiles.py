"""What the profile pages show: one function per kind, each giving the whole context of its template."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.events.queries import events_of_country, events_of_framework, events_under, events_with
from portal.figures.coverage import state_of
from portal.figures.shapes import KNOWN
from portal.frameworks.facts import FRAMEWORK, PHASE
from portal.frameworks.models import Framework, Phase
from portal.frameworks.queries import ancestors, phases_of
from portal.funding.queries import adding, contracts_of, flows_of, restated
from portal.kernel.permission import Actor, open_to, visible_to
from portal.kernel.record import Record
from portal.legal.queries import adopted_by
from portal.partners.facts import ORGANISATION, ROLE_HOLDER
from portal.partners.models import Country, Organisation, RoleHolder
from portal.partners.queries import links_of, participations, takes_part
from portal.portfolio.queries import money
from portal.portfolio.queries.project_rows import dress, select_projects, tree_order
from portal.progress.queries import corrections, is_asked, updates_of, waiting_of
from portal.projects import queries as project_queries
from portal.projects.facts import PROJECT
from portal.projects.models import Project
from portal.projects.queries import for_country, in_framework
from portal.questions.facts import QUESTION
from portal.questions.models import Question
from portal.results.queries import course_of, results_of, results_of_parts
from portal.sources.facts import Fact, facts_of_kind, read, records_in, refers
from portal.sources.queries import Facts, FactView, facts_of

__all__ = [
    "further",
    "named",
    "of_country",
    "of_framework",
    "of_organisation",
    "of_phase",
    "of_project",
    "of_question",
    "of_role_holder",
]


def named(s: Session, actor: Actor, record: Record, declared: tuple[Fact, ...], facts: Facts) -> dict[int, Record]:
    """The records a profile's facts refer to, in whatever is stated of them, as far as the actor may see them."""
    values = [(f, value) for f in declared if refers(f) for value in (read(record, f), *_stated(facts[f.field]))]
    ids = set().union(*(records_in(f, value) for f, value in values))
    found = s.scalars(select(Record).where(Record.id.in_(ids), open_to(actor))) if ids else ()
    return {r.id: r for r in found}


def _stated(view: FactView) -> list[object]:
    return [claim.value for claim in view.claims]


def further(facts: Facts, kind: str) -> list[str]:
    """Fields of a record that have no column: stated, shown, not filtered by."""
    known = facts_of_kind(kind)
    return [field for field in facts.by_field if field not in known]


def _conflicts(facts: dict[int, Facts], *records: Record) -> int:
    """How many facts of a record and of the money booked at it are disputed."""
    return sum(len(facts[r.id].disputes) for r in records)


def of_project(s: Session, actor: Actor, project: Project, lang: str) -> dict:
    """Context of a project's profile."""
    parts = dress(s, actor, project_queries.parts_of(s, actor, project.id))
    flows = flows_of(s, actor, project.id)
    people = participations(s, actor, within=[project.id])
    links = links_of(s, actor, [project.id])
    updates, waiting = updates_of(s, actor, project.id), waiting_of(s, actor, project.id)
    results = results_of(s, actor, project)
    of_parts = results_of_parts(s, actor, project)
    records = [
        project,
        *(p.participation for p in people),
        *flows,
        *(link for link, _a, _b in links),
        *updates,
        *waiting,
        *results.records,
        *of_parts.records,
    ]
    facts = facts_of(s, actor, *records)
    mine = facts[project.id]
    known = money.known_by_record(s, actor, sorted({project.id, project.umbrella_id} - {None}))
    states = state_of(s, actor, money.PUBLIC, [project.id, *(row.project.id for row in parts)])
    umbrella = _visible(s, actor, project.umbrella_id)
    # A part stays in the framework of its umbrella project also when that one is withdrawn.
    through = select(Project.framework_id).where(Project.id == project.umbrella_id)
    above = project.framework_id or (project.umbrella_id and s.scalar(through))
    framework = _visible(s, actor, above, Framework)
    return {
        "project": project,
        "record": project,
        "facts": mine,
        "facts_by_record": facts,
        "named": named(s, actor, project, PROJECT, mine),
        "declared": PROJECT,
        "further": further(mine, "project"),
        "conflicts": _conflicts(facts, project, *flows),
        "framework": framework,
        "umbrella": umbrella,
        "parts": parts,
        "flows": flows,
        "adding": adding(s, actor, flows),
        "contracts": contracts_of(s, actor, project.id),
        "known": known.get(project.id),
        "umbrella_known": known.get(project.umbrella_id),
        "money_state": states.get(project.id),
        "parts_known": [row.project.id for row in parts if states.get(row.project.id) == KNOWN],
        "participations": people,
        "links": links,
        "updates": updates,
        "waiting_reports": waiting,
        "approval_asked": is_asked(s, project),
        "corrections": corrections(s, [u.id for u in updates]),
        "results": results,
        "results_of_parts": of_parts,
        "course": course_of(project, results.milestones),
        "events": events_under(s, actor, project.id, *(row.project.id for row in parts)),
    }


def of_framework(s: Session, actor: Actor, framework: Framework, lang: str) -> dict:
    """Context of a framework's profile: its own facts, what lies below it, its projects and money."""
    order = Framework.order_cs if lang == "cs" else Framework.order_en
    below = s.scalars(
        select(Framework).where(Framework.parent_id == framework.id, visible_to(actor, Framework)).order_by(order)
    ).all()
    projects = s.scalars(
        select_projects(actor).where(in_framework(actor, framework.id)).order_by(*tree_order(lang)).limit(200)
    ).all()
    people = participations(s, actor, within=[framework.id])
    flows = flows_of(s, actor, framework.id)
    links = links_of(s, actor, [framework.id])
    updates, waiting = updates_of(s, actor, framework.id), waiting_of(s, actor, framework.id)
    phases = phases_of(s, actor, framework.id)
    results = results_of(s, actor, framework)
    facts = facts_of(
        s,
        actor,
        framework,
        *phases,
        *(p.participation for p in people),
        *flows,
        *(link for link, _a, _b in links),
        *updates,
        *waiting,
        *results.records,
    )
    mine = facts[framework.id]
    return {
        "framework": framework,
        "record": framework,
        "facts": mine,
        "facts_by_record": facts,
        "named": named(s, actor, framework, FRAMEWORK, mine),
        "declared": FRAMEWORK,
        "further": further(mine, "framework"),
        "conflicts": _conflicts(facts, framework, *flows),
        "phases": phases,
        "crumbs": ancestors(s, actor, framework),
        "below": list(below),
        "projects": dress(s, actor, projects),
        "known": money.of_framework(s, actor, framework.id),
        "own_known": money.known_by_record(s, actor, [framework.id]).get(framework.id),
        "flows": flows,
        "adding": adding(s, actor, flows),
        "contracts": contracts_of(s, actor, framework.id),
        "participations": people,
        "links": links,
        "updates": updates,
        "waiting_reports": waiting,
        "approval_asked": is_asked(s, framework),
        "corrections": corrections(s, [u.id for u in updates]),
        "results": results,
        "events": events_of_framework(s, actor, framework.id),
    }


def of_phase(s: Session, actor: Actor, phase: Phase) -> dict:
    """Context of the page of one phase of a programme."""
    mine = facts_of(s, actor, phase)[phase.id]
    return {
        "phase": phase,
        "record": phase,
        "facts": mine,
        "named": named(s, actor, phase, PHASE, mine),
        "declared": PHASE,
        "further": further(mine, "phase"),
    }


def of_question(s: Session, actor: Actor, question: Question) -> dict:
    """Context of the page of an open question."""
    mine = facts_of(s, actor, question)[question.id]
    return {
        "question": question,
        "record": question,
        "facts": mine,
        "named": named(s, actor, question, QUESTION, mine),
        "further": further(mine, "question"),
    }


def of_organisation(s: Session, actor: Actor, organisation: Organisation, lang: str) -> dict:
    """Context of an organisation's profile: what it takes part in and as what, its relations, the documents it adopted."""
    roles = participations(s, actor, participant=[organisation.id])
    order = Organisation.order_cs if lang == "cs" else Organisation.order_en
    below = s.scalars(
        select(Organisation)
        .where(Organisation.parent_id == organisation.id, visible_to(actor, Organisation))
        .order_by(order)
    ).all()
    flows = money.flows_with(s, actor, organisation.id)
    links = links_of(s, actor, [organisation.id])
    related = (link for link, _a, _b in links)
    facts = facts_of(s, actor, organisation, *(p.participation for p in roles), *flows, *related)
    mine = facts[organisation.id]
    return {
        "organisation": organisation,
        "record": organisation,
        "facts": mine,
        "facts_by_record": facts,
        "named": named(s, actor, organisation, ORGANISATION, mine),
        "declared": ORGANISATION,
        "further": further(mine, "organisation"),
        "roles": roles,
        "below": list(below),
        "flows": flows,
        "adding": adding(s, actor, flows),
        "restated": restated(s, actor, [flow.id for flow in flows]),
        "events": events_with(s, actor, organisation.id),
        "links": links,
        "adopted": adopted_by(s, actor, organisation.id, lang),
    }


def of_role_holder(s: Session, actor: Actor, holder: RoleHolder) -> dict:
    """Context of a role holder's page: the events they take part in."""
    roles = participations(s, actor, participant=[holder.id])
    facts = facts_of(s, actor, holder, *(p.participation for p in roles))
    mine = facts[holder.id]
    return {
        "holder": holder,
        "record": holder,
        "facts": mine,
        "facts_by_record": facts,
        "named": named(s, actor, holder, ROLE_HOLDER, mine),
        "declared": ROLE_HOLDER,
        "further": further(mine, "role_holder"),
        "roles": roles,
    }


def of_country(s: Session, actor: Actor, country: Country, lang: str) -> dict:
    """Context of a country's page: its frameworks, the projects for it with their money, those it takes part in, and more."""
    roles = participations(s, actor, participant=[country.id])
    order = Organisation.order_cs if lang == "cs" else Organisation.order_en
    organisations = s.scalars(
        select(Organisation)
        .where(Organisation.country_id == country.id, visible_to(actor, Organisation))
        .order_by(order)
    ).all()
    for_it, all_with = for_country(country.id), select_projects(actor).order_by(*tree_order(lang)).limit(200)
    facts = facts_of(s, actor, country, *(p.participation for p in roles))
    return {
        "country": country,
        "record": country,
        "facts": facts[country.id],
        "facts_by_record": facts,
        "roles": roles,
        "organisations": list(organisations),
        "projects": dress(s, actor, s.scalars(all_with.where(for_it)).all()),
        "taking_part": dress(
            s, actor, s.scalars(all_with.where(takes_part(actor, Project.id, (country.id,)), ~for_it)).all()
        ),
        "known": money.of_projects(s, actor, select(Project).where(visible_to(actor, Project), for_it)),
        "further": further(facts[country.id], "country"),
        "events": events_of_country(s, actor, country.id),
    }


def _visible(s: Session, actor: Actor, record_id: int | None, model=Record):
    if record_id is None:
        return None
    return s.scalar(select(model).where(model.id == record_id, visible_to(actor, model)))
