"""The records of an overview, in a fixed number of queries: frameworks, projects, who takes part, money, reports."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from portal.events.models import Event, FollowUp
from portal.events.queries import events, follow_ups_of
from portal.figures import FIGURES, Coverage, Funding, Scope
from portal.figures.coverage import gaps, state_of, twins
from portal.figures.funding import JudgedFlow
from portal.figures.projects import counted
from portal.figures.shapes import Twins, Unit
from portal.frameworks.models import Framework
from portal.frameworks.queries import Branch, descendant_ids, tree
from portal.kernel.permission import Actor, visible_to
from portal.kernel.portions import portions
from portal.kernel.record import Record
from portal.legal.models import LegalInstrument
from portal.legal.queries import legal_instruments
from portal.partners.models import Country, Link, Organisation
from portal.partners.queries import Part, grounding, links_of, participations
from portal.progress.models import StatusUpdate
from portal.progress.queries import latest_of
from portal.projects.models import Project
from portal.projects.queries import counted_by_framework, countries_of, of_framework
from portal.results.models import Indicator, IndicatorValue, Milestone
from portal.results.queries import results, values_of


@dataclass
class Material:
    """What was found, before it is worded. `states`: known, within or unknown money by project id; `counted`: by
    framework id, how many of the projects it and those below it have; `resting`: (legal document, link, what rests on it);
    `values`: of indicators by id, the latest first."""

    branches: list[Branch] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    countries: list[tuple[int, Record]] = field(default_factory=list)
    organisations: dict[int, Organisation] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    event_parts: list[Part] = field(default_factory=list)
    follow_ups: list[FollowUp] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    values: dict[int, list[IndicatorValue]] = field(default_factory=dict)
    legal: list[LegalInstrument] = field(default_factory=list)
    resting: list[tuple[int, Link, Record]] = field(default_factory=list)
    updates: dict[int, StatusUpdate] = field(default_factory=dict)
    flows: list[JudgedFlow] = field(default_factory=list)
    gaps: list[Unit] = field(default_factory=list)
    states: dict[int, str] = field(default_factory=dict)
    funding: Funding = Funding()
    coverage: Coverage = Coverage()
    twins: tuple[Twins, ...] = ()
    named: dict[int, Record] = field(default_factory=dict)
    counted: dict[int, int] = field(default_factory=dict)


def material(s: Session, actor: Actor, scope: Scope, lang: str, reports: bool = False) -> Material:
    """Everything of the scope the actor may see and the chosen sources know."""
    funding = FIGURES["known_funding"]
    found = Material(
        branches=_branches(s, actor, scope, lang),
        projects=_in_tree(FIGURES["projects"].records(s, actor, scope), lang),
        flows=funding.records(s, actor, scope),
        funding=funding.value(s, actor, scope),
        coverage=funding.coverage(s, actor, scope),
        gaps=gaps(s, actor, scope),
        twins=twins(s, actor, scope),
    )
    project_ids = [p.id for p in found.projects]
    for ids in portions(b.framework.id for b in found.branches):
        found.counted |= dict(s.execute(counted_by_framework(actor, ids, counted(actor, scope, Project.id))).all())
    places = [*(b.framework.id for b in found.branches), *project_ids]
    for ids in portions(places):
        found.parts += [p for p in participations(s, actor, within=ids) if p.participation.certainty in scope.admitted]
    for ids in portions(project_ids):
        found.countries += countries_of(s, actor, ids)
        found.states |= state_of(s, actor, scope, ids)
    for ids in portions(project_ids if reports else []):
        found.updates |= latest_of(s, actor, ids)
    found.events = _events(s, actor, scope)
    for ids in portions([e.id for e in found.events]):
        told = participations(s, actor, within=ids)
        found.event_parts += [p for p in told if p.participation.certainty in scope.admitted]
        found.follow_ups += [f for f in follow_ups_of(s, actor, *ids) if f.certainty in scope.admitted]
    order = {record_id: n for n, record_id in enumerate(places)}
    found.milestones = _results(s, actor, scope, Milestone, order)
    found.indicators = _results(s, actor, scope, Indicator, order)
    for ids in portions([i.id for i in found.indicators]):
        found.values |= values_of(s, actor, ids)
    _lay_down(s, actor, scope, lang, found, set(places))
    partners = {p.participant.id for p in found.parts} | {
        i for j in found.flows for i in (j.flow.provider_id, j.flow.receiver_id)
    }
    for ids in portions(partners - {None}):
        asked = select(Organisation).where(Organisation.id.in_(ids), visible_to(actor, Organisation))
        found.organisations |= {o.id: o for o in s.scalars(asked)}
    found.named = _named(s, actor, found)
    return found


def place(s: Session, actor: Actor, record_id: int) -> Country | Framework | None:
    """A visible country or framework: what a brief can be of."""
    for model in (Country, Framework):
        found = s.scalar(select(model).where(model.id == record_id, visible_to(actor, model)))
        if found is not None:
            return found
    return None


def framework(s: Session, actor: Actor, framework_id: int) -> Framework | None:
    """One visible framework, to choose the overview of what lies below it."""
    return s.scalar(select(Framework).where(Framework.id == framework_id, visible_to(actor, Framework)))


def _branches(s: Session, actor: Actor, scope: Scope, lang: str) -> list[Branch]:
    """The frameworks of the scope in the order of the tree, those above a chosen one left out."""
    wanted = None if scope.framework is None else descendant_ids(s, scope.framework)
    found = [b for root in tree(s, actor, lang) for b in root.walk() if wanted is None or b.framework.id in wanted]
    found = [b for b in found if b.framework.certainty in scope.admitted]
    shallow = min((b.depth for b in found), default=0)
    for branch in found:
        branch.depth -= shallow
    return found


def _events(s: Session, actor: Actor, scope: Scope) -> list[Event]:
    """The events of the scope that the chosen sources know, the latest first, those without a date last."""
    asked = events(actor).where(Event.certainty.in_(scope.admitted))
    if scope.framework is not None:
        asked = asked.where(of_framework(actor, Event.under_id, scope.framework))
    return list(s.scalars(asked.order_by(Event.held_from.is_(None), Event.held_from.desc(), Event.id)))


def _results(s: Session, actor: Actor, scope: Scope, model: type, order: dict[int, int]) -> list:
    """The milestones or indicators of the scope that the chosen sources know, as their projects and frameworks stand in the
    overview; milestones by the day they are planned for."""
    asked = results(actor, model).where(model.certainty.in_(scope.admitted))
    if scope.framework is not None:
        asked = asked.where(of_framework(actor, model.of_id, scope.framework))
    far = date.max
    found = s.scalars(asked.order_by(model.id)).all()
    return sorted(
        found, key=lambda r: (order.get(r.of_id, len(order)), r.of_id, getattr(r, "due_to", None) or far, r.id)
    )


def _lay_down(s: Session, actor: Actor, scope: Scope, lang: str, found: Material, places: set[int]) -> None:
    """The legal and policy documents that the chosen sources know, by name, with what rests on them; of a part of the
    portfolio those on which something in it rests."""
    order = LegalInstrument.order_cs if lang == "cs" else LegalInstrument.order_en
    asked = legal_instruments(actor).where(LegalInstrument.certainty.in_(scope.admitted))
    found.legal = list(s.scalars(asked.order_by(order, LegalInstrument.id)))
    for ids in portions([one.id for one in found.legal]):
        for link, source, target in links_of(s, actor, ids):
            pair = grounding(link, source, target) if link.certainty in scope.admitted else None
            if pair and (scope.framework is None or pair[1].id in places):
                found.resting.append((pair[0].id, link, pair[1]))
    if scope.framework is not None:
        kept = {i for i, _link, _record in found.resting}
        found.legal = [one for one in found.legal if one.id in kept]


def _in_tree(projects: list[Project], lang: str) -> list[Project]:
    """Projects by name, each umbrella followed by its parts."""
    key = {p.id: (p.order_cs if lang == "cs" else p.order_en, p.id) for p in projects}

    def place(p: Project) -> tuple:
        above = p.umbrella_id if p.umbrella_id in key else None
        return (*key[above or p.id], above is not None, *key[p.id])

    return sorted(projects, key=place)


def _named(s: Session, actor: Actor, found: Material) -> dict[int, Record]:
    """Every record that the rows may name, as far as the actor may see it."""
    seen: set[int | None] = {p.framework_id for p in found.projects} | {p.umbrella_id for p in found.projects}
    for judged in found.flows:
        f = judged.flow
        seen |= {
            f.booked_id,
            f.provider_id,
            f.receiver_id,
            f.instrument_id,
            f.contract_id,
            f.addendum_id,
            f.included_in_id,
        }
        seen.add(judged.instrument_id)
    seen |= {o.country_id for o in found.organisations.values()} | {e.under_id for e in found.events}
    seen |= {r.of_id for r in (*found.milestones, *found.indicators)} | {
        record.id for _i, _link, record in found.resting
    }
    seen |= {i for one in found.legal for i in (one.adopted_by_id, one.laid_down_in_id)}
    return _records(s, seen - {None}, visible_to(actor))


def _records(s: Session, ids: Collection, condition: ColumnElement[bool]) -> dict[int, Record]:
    found: dict[int, Record] = {}
    for some in portions(ids):
        found |= {r.id: r for r in s.scalars(select(Record).where(Record.id.in_(some), condition))}
    return found
