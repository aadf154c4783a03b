"""From records to the sections of a brief. A region is a framework with all below it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from portal.contacts.queries import contacts_at
from portal.events.models import Event, FollowUp
from portal.events.queries import about_country, events, follow_up_lines, follow_ups
from portal.events.rules import OPEN
from portal.frameworks.models import Framework
from portal.frameworks.queries import frameworks, subtree
from portal.kernel import codes
from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import Record
from portal.partners.models import Country, Organisation
from portal.partners.queries import participations, takes_part
from portal.portfolio.queries import money
from portal.portfolio.queries.project_rows import dress, select_projects, tree_order
from portal.progress.models import StatusUpdate
from portal.progress.queries import told
from portal.projects.models import Project
from portal.projects.queries import for_country, in_framework, of_country, of_framework
from portal.questions.models import Question
from portal.questions.queries import questions
from portal.questions.rules import OPEN as UNSETTLED
from portal.reporting.brief import sections
from portal.reporting.brief.sections import Brief, Section
from portal.results.models import Milestone
from portal.results.queries import Line, lines, results
from portal.web.i18n import gettext as _

MOST = 200
"""Rows of one section. A brief that is longer is none; the lists have everything."""


@dataclass
class FrameworkRow:
    framework: Framework
    role: str = ""


@dataclass
class PartnerRow:
    """Who takes part in the projects and frameworks of the brief, or has its seat there: as what, and in what."""

    partner: Record
    roles: list[str] = field(default_factory=list)
    within: list[str] = field(default_factory=list)


def gather(s: Session, actor: Actor, record: Country | Framework, lang: str, *, contacts: bool) -> Brief:
    """The brief of a country, or of a framework as a region, as the actor may see it. `contacts`: with the contact persons at
    its partners and for its projects and frameworks."""
    country = isinstance(record, Country)
    order = Framework.order_cs if lang == "cs" else Framework.order_en
    if country:
        mine = takes_part(actor, Framework.id, [record.id])
        projects_of, at = for_country(record.id), lambda column: of_country(actor, column, record.id)
        events_of: ColumnElement[bool] = about_country(actor, record.id)

        def promised(column):
            return at(column) | takes_part(actor, column, [record.id])
    else:
        mine = Framework.id.in_(subtree(actor, record.id))
        projects_of, at = in_framework(actor, record.id), lambda column: of_framework(actor, column, record.id)
        events_of, promised = of_framework(actor, Event.under_id, record.id), at
    found = list(s.scalars(frameworks(actor).where(mine).order_by(order, Framework.id).limit(MOST)))
    in_order = select_projects(actor).order_by(*tree_order(lang)).limit(MOST)
    projects = dress(s, actor, s.scalars(in_order.where(projects_of)).all())
    known = money.of_projects(s, actor, select(Project).where(visible_to(actor, Project), projects_of))
    brief = Brief(
        record, record.name(lang), record.name_en if lang == "cs" else record.name_cs,
        _("Brief of a country") if country else _("Brief of a region or dialogue"), lang, known,
    )  # fmt: skip
    places = [*found, *(r.project for r in projects)]
    partners = _partners(s, actor, record, places, lang)
    roles = _roles(s, actor, record, lang) if country else {}
    asked = questions(actor).where(Question.state == UNSETTLED, at(Question.about_id))
    promises = follow_ups(actor).where(FollowUp.state == OPEN, events_of)
    brief.sections = [
        Section(
            sections.FRAMEWORKS, [FrameworkRow(f, roles.get(f.id, "")) for f in found], lambda r: r.framework,
            nothing=_("No framework is recorded."),
        ),
        Section(
            sections.PROJECTS, projects, lambda r: r.project, nothing=_("No project is recorded."),
        ),
        Section(
            sections.EVENTS, _latest(s, events(actor).where(events_of)), lambda e: e, nothing=_("No event is recorded.")
        ),
        Section(
            sections.PROMISES, follow_up_lines(s, actor, s.scalars(promises.order_by(
                FollowUp.due_to.is_(None), FollowUp.due_to, FollowUp.id).limit(MOST)).all()),
            lambda f: f.record, nothing=_("Nothing is promised that is not done."),
        ),
        Section(
            sections.MILESTONES, _milestones(s, actor, promised), lambda m: m.record,
            nothing=_("No milestone is waiting."),
        ),
        Section(
            sections.PARTNERS, partners, lambda r: r.partner, nothing=_("No partner is recorded."),
        ),
        Section(
            sections.LATEST, _updates(s, actor, at), lambda u: u.of, nothing=_("No status update yet.")
        ),
        Section(
            sections.QUESTIONS, list(s.scalars(asked.order_by(Question.id).limit(MOST))), lambda q: q,
            nothing=_("No question is open."),
        ),
    ]  # fmt: skip
    if country:
        further = in_order.where(takes_part(actor, Project.id, [record.id]), ~projects_of)
        if rows := dress(s, actor, s.scalars(further).all()):
            _after(brief, "projects", Section(sections.TAKING_PART, rows, lambda r: r.project))
    if contacts:
        organisations = [r.partner.id for r in partners if isinstance(r.partner, Organisation)]
        people = contacts_at(s, actor, organisations, [one.id for one in places], lang)
        _after(
            brief, "partners", Section(sections.CONTACTS, people, lambda c: c, nothing=_("No contact person is kept."))
        )
    return brief


def _after(brief: Brief, key: str, section: Section) -> None:
    keys = [one.sheet.key for one in brief.sections]
    brief.sections.insert(keys.index(key) + 1, section)


def _roles(s: Session, actor: Actor, country: Country, lang: str) -> dict[int, str]:
    """The roles of the country in each framework, in words."""
    found: dict[int, list[str]] = {}
    for part in participations(s, actor, participant=[country.id]):
        found.setdefault(part.within.id, []).append(codes.label("participation_roles", part.participation.role, lang))
    return {i: ", ".join(dict.fromkeys(words)) for i, words in found.items()}


def _latest(s: Session, asked) -> list[Event]:
    return list(s.scalars(asked.order_by(Event.held_from.is_(None), Event.held_from.desc(), Event.id).limit(MOST)))


def _milestones(s: Session, actor: Actor, at) -> list[Line]:
    """Those that are not reached, by the day they are planned for."""
    asked = results(actor, Milestone).where(Milestone.reached_edtf.is_(None), at(Milestone.of_id))
    order = (Milestone.due_to.is_(None), Milestone.due_to, Milestone.id)
    return lines(s, actor, s.scalars(asked.order_by(*order).limit(MOST)).all())


def _updates(s: Session, actor: Actor, at) -> list[StatusUpdate]:
    """The ten latest status updates of the projects and frameworks."""
    asked = select(StatusUpdate).where(told(actor), at(StatusUpdate.of_id))
    order = (StatusUpdate.held_on_to.is_(None), StatusUpdate.held_on_to.desc(), StatusUpdate.id.desc())
    return list(s.scalars(asked.order_by(*order).limit(10)))


def _partners(s: Session, actor: Actor, of: Record, places: Iterable[Record], lang: str) -> list[PartnerRow]:
    """Organisations first, then countries, each in the order of the language; those with a seat in the country too."""
    named = {r.id: r for r in places}
    rows: dict[int, PartnerRow] = {}
    for part in participations(s, actor, within=list(named)) if named else ():
        if part.participant.id == of.id:
            continue
        row = rows.setdefault(part.participant.id, PartnerRow(part.participant))
        role = codes.label("participation_roles", part.participation.role, lang)
        for words, text in ((row.roles, role), (row.within, part.within.name(lang))):
            if text not in words:
                words.append(text)
    if isinstance(of, Country):
        seated = select(Organisation).where(Organisation.country_id == of.id, visible_to(actor, Organisation))
        for organisation in s.scalars(seated):
            rows.setdefault(organisation.id, PartnerRow(organisation))
    order = "order_cs" if lang == "cs" else "order_en"
    return sorted(
        rows.values(), key=lambda r: (r.partner.kind != "organisation", bytes(getattr(r.partner, order)), r.partner.id)
    )
