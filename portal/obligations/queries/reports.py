"""Obligations and due reports, as far as the actor may see them; how each was sent, who answers for it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Engine, Select, and_, func, or_, select, true
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import Person
from portal.accounts.queries import actor_of, names
from portal.funding.models import Contract
from portal.funding.queries import told as contract_told
from portal.kernel import asof, clock
from portal.kernel.history import twin
from portal.kernel.permission import SYSTEM, Actor, hidden_from_some, open_to, permits, visible_to, writes_everywhere
from portal.kernel.portions import portions
from portal.kernel.record import Record
from portal.kernel.standing import WITHDRAWN
from portal.kernel.when import When
from portal.obligations.facts import PLACES
from portal.obligations.models import DueReport, Obligation, ReportNotice
from portal.obligations.rules import CHECKED, OWED, PREPARED, SENT, SOON, STAGES, stage
from portal.projects.queries import of_framework, written_by, written_ids
from portal.sources.models import Statement
from portal.sources.queries import names_of_kinds


def told_obligation(actor: Actor, sees=visible_to) -> ColumnElement[bool]:
    """SQL predicate: the obligation, what it is of and its recipient are visible. The veils know today's references only, so a
    row of the past is asked for its own, and for those the contract had then."""
    own = (sees(actor, Obligation), sees(actor, Obligation.of_id), sees(actor, Obligation.recipient_id))
    return and_(*own, *([_contract_told(actor)] if clock.looking_back() else []))


def _contract_told(actor: Actor) -> ColumnElement[bool]:
    """SQL predicate: the obligation is of no contract, or of one that is told together with all it refers to."""
    any_one = select(Contract.__table__.c.id).correlate(None)
    seen = select(Contract.id).where(contract_told(actor, Contract, open_to)).correlate(None)
    return or_(Obligation.of_id.not_in(any_one), Obligation.of_id.in_(seen))


def obligations(actor: Actor, sees=visible_to) -> Select:
    """SELECT of visible obligations with what they are of and who gets the reports."""
    named = (joinedload(Obligation.of), joinedload(Obligation.recipient))
    return select(Obligation).where(told_obligation(actor, sees)).options(*named)


def reports(actor: Actor, sees=visible_to) -> Select:
    """SELECT of visible due reports joined to their obligations."""
    obligation = Obligation.__table__  # its own table is enough to filter by, and one alias of `record` fewer
    told = (sees(actor, DueReport), told_obligation(actor, sees))
    around = joinedload(DueReport.obligation)
    return (
        select(DueReport)
        .join(obligation, obligation.c.id == DueReport.obligation_id)
        .where(*told)
        .options(around.joinedload(Obligation.of), around.joinedload(Obligation.recipient))
    )


def obligation(s: Session, actor: Actor, obligation_id: int) -> Obligation | None:
    """One visible obligation, be it withdrawn."""
    return s.scalar(obligations(actor, open_to).where(Obligation.id == obligation_id))


def report(s: Session, actor: Actor, due_report_id: int) -> DueReport | None:
    """One visible due report, be it withdrawn."""
    return s.scalar(reports(actor, open_to).where(DueReport.id == due_report_id))


def obligations_of(s: Session, actor: Actor, *record_ids: int) -> list[Obligation]:
    """The visible obligations of contracts, frameworks or projects, in the order they were laid down."""
    return list(s.scalars(obligations(actor).where(Obligation.of_id.in_(record_ids)).order_by(Obligation.id)))


def reports_of(s: Session, actor: Actor, *obligation_ids: int) -> list[DueReport]:
    """The visible due reports of obligations, by their periods."""
    asked = reports(actor).where(DueReport.obligation_id.in_(obligation_ids))
    return list(s.scalars(asked.order_by(DueReport.period_from, DueReport.id)))


def withdrawn_of(s: Session, actor: Actor, obligation_id: int) -> list[DueReport]:
    """The due reports of an obligation that were withdrawn by themselves, by their periods: no list has them."""
    asked = reports(actor, open_to).where(DueReport.obligation_id == obligation_id, DueReport.standing == WITHDRAWN)
    return list(s.scalars(asked.order_by(DueReport.period_from, DueReport.id)))


def held_reports(s: Session, obligation_id: int) -> list[DueReport]:
    """All reports of an obligation, for planning them anew."""
    asked = select(DueReport).where(DueReport.obligation_id == obligation_id)
    return list(s.scalars(asked.order_by(DueReport.period_from, DueReport.id)))


def report_before(s: Session, actor: Actor, found: DueReport) -> DueReport | None:
    """The visible report on the period before, of the same obligation."""
    asked = reports(actor).where(
        DueReport.obligation_id == found.obligation_id, DueReport.period_to < found.period_from
    )
    return s.scalar(asked.order_by(DueReport.period_to.desc()).limit(1))


def places(s: Session, actor: Actor, lang: str, keep: int | None = None) -> list[tuple[int, str, str]]:
    """(id, name, kind) of the contracts, frameworks and projects in which the actor may write; `keep` stays on offer."""
    rows, contracts = written_by(s, actor, lang), names_of_kinds(s, actor, lang, ("contract",))
    if not writes_everywhere(actor, None):
        mine = [i for i, _name, _kind in rows]
        written = set(s.scalars(select(Contract.id).where(Contract.for_id.in_(mine))))
        contracts = [row for row in contracts if row[0] in written]
    rows = rows + contracts
    if keep is not None and keep not in {row[0] for row in rows}:
        rows += [row for row in names_of_kinds(s, actor, lang, PLACES) if row[0] == keep]
    return rows


def in_framework(actor: Actor, framework_id: int) -> ColumnElement[bool]:
    """SQL predicate over `Obligation`: it stands in the framework, in what lies below it, or at a contract for that."""
    contracts = select(Contract.id).where(of_framework(actor, Contract.for_id, framework_id))
    return or_(of_framework(actor, Obligation.of_id, framework_id), Obligation.of_id.in_(contracts))


def stands_where_written(actor: Actor) -> ColumnElement[bool]:
    """SQL predicate over `Obligation`: the actor may write where it stands."""
    if actor.role == "system" or writes_everywhere(actor, None):
        return true()
    mine = written_ids(actor)
    return or_(Obligation.of_id.in_(mine), Obligation.of_id.in_(select(Contract.id).where(Contract.for_id.in_(mine))))


def sent_by(s: Session, found: DueReport) -> int | None:
    """Id of the change by which the present edition of a report was kept as sent; None where it was not."""
    then = twin(DueReport.__table__).c
    asked = select(func.min(then.change_from))
    return s.scalar(asked.where(then.id == found.id, then.state == SENT, then.edition == found.edition))


def checked_by(s: Session, found: DueReport) -> int | None:
    """Id of the change by which a report became checked as it is now; None where it is not checked."""
    then = twin(DueReport.__table__).c
    before = select(func.max(then.change_to)).where(then.id == found.id, then.state != CHECKED).scalar_subquery()
    asked = select(func.min(then.change_from)).where(then.id == found.id, then.state == CHECKED)
    return s.scalar(asked.where(then.change_from >= func.coalesce(before, 0))) if found.state == CHECKED else None


@contextmanager
def as_sent(
    s: Session, engine: Engine, actor: Actor, found: DueReport
) -> Iterator[tuple[Session, DueReport | None, asof.Moment | None]]:
    """(Session, report, moment) by which a report is read: of one that was sent the portal as recorded then, because what
    became of budgets, facts and texts since changes nothing of what was sent. Of any other, and where a page looks at the past
    itself, what was given. The report is None where the actor may not see it as it was."""
    sent = None if clock.looking_back() else sent_by(s, found)
    if sent is None:
        yield s, found, None
        return
    with asof.as_of(engine, sent) as then:
        yield then, report(then, actor, found.id), asof.moment(s, sent)


@dataclass(frozen=True)
class Sending:
    """That an edition was sent: the day, the number of its letter, and how, where no file of it was registered."""

    on: When
    number: str | None
    how: str


def edition_before(s: Session, found: DueReport) -> Sending | None:
    """How the edition before the present one was sent; None where that is the first."""
    then, named = twin(DueReport.__table__).c, twin(Record.__table__).c
    asked = (
        select(then.sent_edtf, named.reference, then.sent_how)
        .join_from(twin(DueReport.__table__), twin(Record.__table__), named.id == then.id)
        .where(then.id == found.id, then.edition == found.edition - 1, then.sent_edtf.is_not(None))
        .where(named.change_from <= then.change_from)
        .order_by(then.change_from.desc(), named.change_from.desc())
    )
    row = s.execute(asked.limit(1)).one_or_none()
    return Sending(When(row.sent_edtf), row.reference, row.sent_how or "") if row else None


def led_then(s: Session, record_ids: Collection[int], change_id: int) -> dict[tuple[int, str], int]:
    """{(record, field): id of the statement that led right after a change}."""
    then, found = twin(Statement.__table__).c, {}
    for chunk in portions(record_ids):
        held = (then.change_from <= change_id, or_(then.change_to.is_(None), then.change_to > change_id))
        asked = select(then.record_id, then.field, then.id).where(
            then.record_id.in_(chunk), then.leading.is_(True), *held
        )
        found |= {(record_id, field): one for record_id, field, one in s.execute(asked)}
    return found


def is_owed() -> ColumnElement[bool]:
    """SQL predicate over `DueReport`: somebody here has still to do something."""
    return DueReport.state.in_(OWED)


def is_overdue(today: date) -> ColumnElement[bool]:
    """SQL predicate over `DueReport`: owed, and its last day has passed."""
    return and_(is_owed(), DueReport.due_to < today)


def waiting(actor: Actor, today: date) -> Select:
    """SELECT of the visible reports that are owed and overdue or due soon, the most urgent first."""
    soon = (is_owed(), DueReport.due_to <= today + SOON)
    return reports(actor).where(*soon).order_by(DueReport.due_to, DueReport.id)


def to_remind(s: Session, today: date) -> list[tuple[DueReport, str]]:
    """(report, stage) of the owed reports, as the system sees them, of which nobody was reminded in that stage yet."""
    asked = reports(SYSTEM).where(is_owed(), DueReport.due_to <= today + STAGES["soon"]).order_by(DueReport.due_to)
    told = {(n.due_report_id, n.stage, n.due_on) for n in s.scalars(select(ReportNotice))}
    found = [(one, stage(one.due_to, today)) for one in s.scalars(asked)]
    return [(one, name) for one, name in found if name and (one.id, name, one.due_to) not in told]


def due_days(s: Session, report_ids: Collection[int]) -> dict[int, When]:
    """{report: the day it is due by}, for what is told of reports the actor sees."""
    asked = select(DueReport.__table__.c.id, DueReport.__table__.c.due_edtf)
    rows = s.execute(asked.where(DueReport.__table__.c.id.in_(report_ids)))
    return {report_id: When(due) for report_id, due in rows}


def answering(s: Session, found: DueReport) -> list[list[int]]:
    """Who is reminded of a report, the first of whom somebody can be: who answers for it, who may move it on."""
    own = responsible_of(found)
    people = s.scalars(select(Person).where(Person.active.is_(True), Person.role != "viewer").order_by(Person.id))
    writers = [one.id for one in people if permits(actor_of(s, one), "due_report.edit", found)]
    return [*([[own]] if own else []), writers]


@dataclass
class Line:
    """An obligation or report with who answers for it (of a report also who prepares it, that person or else who began to, where
    one is known, and whether it is confidential); of an obligation the reports it has, and how many of them are owed."""

    record: Obligation | DueReport
    responsible: str | None = None
    prepares: str | None = None
    reports: int = 0
    owed: int = 0
    confidential: bool = False


def responsible_of(found: DueReport) -> int | None:
    """Who answers for a report: its own person, that of its obligation, that of what the obligation is of."""
    return found.responsible_id or found.obligation.responsible_id or found.obligation.of.responsible_id


def report_lines(s: Session, actor: Actor, found: Sequence[DueReport]) -> list[Line]:
    """The lines of due reports, in their order."""
    people = names(s, [i for one in found for i in (responsible_of(one), one.prepared_by_id)])
    hidden, lines = confidential(s, found), []
    for one in found:
        responsible = people.get(responsible_of(one))
        begun_by = people.get(one.prepared_by_id) if one.state == PREPARED else None
        lines.append(Line(one, responsible, responsible or begun_by, confidential=one.id in hidden))
    return lines


def confidential(s: Session, found: Sequence[DueReport]) -> set[int]:
    """Ids of the reports that are not for everybody: by the veils of today, which come from all that a report lies with (its
    obligation, contract, project, who takes part and who gets it), and of the past by what was kept of them then."""
    then = {r.id for r in found if r.confidential or r.obligation.confidential or r.obligation.of.confidential}
    return then | hidden_from_some(s, [one.id for one in found])


def obligation_lines(s: Session, actor: Actor, found: Sequence[Obligation]) -> list[Line]:
    """The lines of obligations, in their order."""
    people = names(s, [one.responsible_id for one in found])
    counted = _counted(s, actor, [one.id for one in found])
    return [Line(one, people.get(one.responsible_id), None, *counted.get(one.id, (0, 0))) for one in found]


def _counted(s: Session, actor: Actor, obligation_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    rows = s.execute(
        select(DueReport.obligation_id, func.count(), func.count().filter(is_owed()))
        .where(DueReport.obligation_id.in_(obligation_ids), visible_to(actor, DueReport))
        .group_by(DueReport.obligation_id)
    )
    return {row[0]: (row[1], row[2]) for row in rows}
