"""Whether a report can be written: each fact it needs, how it stands, whose turn it is.

Needed are the facts of the contract, project or framework the obligation stands at, of the project a contract is for, and of
all projects of a framework; a status report and the values of indicators for the period; and, for a report on money, the
payments of the period. What is asked for is the portal's own list, not a donor's.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.queries import names
from portal.funding.models import Contract, Flow
from portal.funding.queries import flows_under
from portal.funding.rules import MOVED
from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import Record
from portal.kernel.when import When, certainly_within, meets
from portal.obligations.models import DueReport
from portal.obligations.queries import led_then, sent_by
from portal.obligations.rules import ON_MONEY
from portal.progress.queries import told_of
from portal.projects.models import Project
from portal.projects.queries import in_framework, projects
from portal.results.models import Indicator
from portal.results.queries import values_of
from portal.sources.facts import facts_of_kind
from portal.sources.queries import CONTRADICTORY, UNSOURCED, UNSURE, Claim, FactView, facts_of

THERE, MISSING, STALE = "there", "missing", "stale"
OVER, DOUBTFUL = "over", "doubtful"
"""Above what the contract allows; to be looked at once more."""
LATER = "later"
"""Dated after the period."""
UNSEEN = "unseen"
"""It rests on what is hidden from whoever looks, so they cannot tell, and do not check the report."""
BEHIND = "behind"
"""A text that is older than what it translates, or than its translation."""
READY = (UNSEEN, MISSING, OVER, CONTRADICTORY, DOUBTFUL, STALE, BEHIND, LATER, UNSOURCED, UNSURE, THERE)
"""How a needed fact may stand, the worst first; of what its statements leave in doubt the worst (`FactView.doubts`)."""
NEEDED = {
    "contract": ("number", "for", "authority", "coordinator", "start", "end"),
    "project": ("status", "countries", "description"),
    "framework": ("status", "description"),
}
OF_MONEY = ("instrument", "eu_share", "currency", "rate_regime", "rounding")
"""What a report on money needs of its contract besides."""
MOST = 200
"""Projects of a framework that are looked at; where there are more, that is said."""


@dataclass(frozen=True)
class Item:
    """One thing a report needs: of which record, by which fact (or `update`, `values`, `payments`, `projects`, or a code of a
    feature above, which says it in words), how it stands, and who answers for the record. `details`: what those words hold;
    `perhaps`: the payment may as well lie outside the period."""

    record: Record
    what: str
    state: str
    responsible: str | None = None
    details: tuple = ()
    perhaps: bool = False


Check = Callable[[Session, Actor, DueReport], Iterable[Item]]
_CHECKS: list[Check] = []


def also_needed(check: Check) -> None:
    """Register what a feature that lies above asks of a report besides."""
    if check not in _CHECKS:
        _CHECKS.append(check)


def readiness(s: Session, actor: Actor, report: DueReport) -> list[Item]:
    """What the report needs, what is worst first; then by record."""
    of = report.obligation.of
    subjects, found = _subjects(s, actor, of), list[Item]()
    facts = facts_of(s, actor, *{record.id: record for record in (of, *subjects)}.values())
    on_money = report.obligation.kind_code in ON_MONEY
    for record in (of, *(one for one in subjects if one is not of)):
        wanted = NEEDED[record.kind] + (OF_MONEY if on_money and record.kind == "contract" else ())
        declared = facts_of_kind(record.kind)
        found += [Item(record, f, _stands(facts[record.id][f])) for f in wanted if f in declared]
    if len(subjects) > MOST and len(_projects(s, actor, of, MOST + 1)) > MOST:
        found.append(Item(of, "projects", DOUBTFUL, details=(MOST,)))
    found += _updates(s, actor, subjects, report.period_from, report.due_to)
    found += _measured(s, actor, subjects, report.period)
    if on_money and isinstance(of, Contract):
        found += _payments(s, actor, of, report.period)
    found += [item for check in _CHECKS for item in check(s, actor, report)]
    people = names(s, [one.record.responsible_id for one in found])
    told = [replace(i, responsible=people.get(i.record.responsible_id)) for i in found]
    return sorted(told, key=lambda i: READY.index(i.state))


@dataclass(frozen=True)
class Move:
    """A fact another statement of which leads now than when the report before was sent. None: none did, or does."""

    record: Record
    field: str
    then: Claim | None
    now: Claim | None


def moved(s: Session, actor: Actor, report: DueReport, before: DueReport | None) -> list[Move]:
    """What is stated otherwise of the things the report is about than when the one before was sent; nothing where none was."""
    sent = before and sent_by(s, before)
    if not sent:
        return []
    of = report.obligation.of
    about = {record.id: record for record in (of, *_subjects(s, actor, of))}
    facts, led = facts_of(s, actor, *about.values()), led_then(s, about, sent)
    found = []
    for record_id, record in about.items():
        for field, view in facts[record_id].by_field.items():
            then, now = led.get((record_id, field)), view.lead
            if then != (now.statement.id if now else None):
                told = next((claim for claim in view.claims if claim.statement.id == then), None)
                if then is None or told is not None:  # what led then and is hidden from the actor is not told of
                    found.append(Move(record, field, told, now))
    return found


def _subjects(s: Session, actor: Actor, of: Record) -> list[Record]:
    """The projects and frameworks a report is about."""
    if isinstance(of, Contract):
        seen = of.for_id and s.scalar(select(Record).where(Record.id == of.for_id, visible_to(actor)))
        return [seen] if seen else []
    if of.kind == "framework":
        return [of, *_projects(s, actor, of, MOST)]
    return [of]


def _projects(s: Session, actor: Actor, framework: Record, most: int) -> list[Project]:
    asked = projects(actor).where(in_framework(actor, framework.id)).order_by(Project.id).limit(most)
    return list(s.scalars(asked))


def _stands(view: FactView) -> str:
    lead = view.lead
    if not view.disputed and (lead is None or lead.statement.value in (None, "")):
        return MISSING
    return next(iter(view.doubts), THERE)


def _updates(s: Session, actor: Actor, subjects: Collection[Record], first: date, last: date) -> Iterator[Item]:
    """A status report that may hold for a day of the period, or for one after it until the report is due."""
    told = told_of(s, actor, [one.id for one in subjects])
    span = When(f"{first.isoformat()}/{last.isoformat()}")
    for record in subjects:
        held = [one.held_on for one in told.get(record.id, ()) if one.held_on is not None]
        later = any(one.earliest is not None and one.earliest > last for one in held)
        met = any(meets(one, span) for one in held)
        yield Item(record, "update", THERE if met else LATER if later else STALE if held else MISSING)


def _measured(s: Session, actor: Actor, subjects: Collection[Record], period: When) -> Iterator[Item]:
    """A value for a time that meets the period, of each indicator there is."""
    ids = [one.id for one in subjects]
    found = s.scalars(select(Indicator).where(Indicator.of_id.in_(ids), visible_to(actor, Indicator))).all()
    values = values_of(s, actor, [one.id for one in found])
    for indicator in found:
        known = [one for one in values.get(indicator.id, ()) if one.value is not None]
        met = any(meets(one.period, period) for one in known)
        yield Item(indicator, "values", THERE if met else STALE if known else MISSING)


def _payments(s: Session, actor: Actor, contract: Contract, period: When) -> Iterator[Item]:
    """The payments of the period, each with its amount and its source; that there is none is missing too."""
    paid = [f for f in flows_under(s, actor, contract.id) if f.type_code in MOVED and meets(f.valued, period)]
    if not paid:
        yield Item(contract, "payments", MISSING)
    facts = facts_of(s, actor, *paid)
    for flow in paid:
        stands = _of_amount(flow, facts[flow.id]["amount"])
        yield Item(flow, "amount", stands, perhaps=not certainly_within(flow.valued, period))


def _of_amount(flow: Flow, view: FactView) -> str:
    return MISSING if flow.amount is None and not view.disputed else _stands(view)
