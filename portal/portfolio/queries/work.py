"""My work: what is stale, contradictory, doubtful or silent, and whose turn it is.

To whom a record falls says `turn`; a viewer has no work but tasks, and may look at everybody's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true, union
from sqlalchemy.orm import Session, aliased

from portal.contacts.queries import kept_by, soon
from portal.desk.queries import number_of, told_then, waiting
from portal.events.queries import promises
from portal.figures.kept_signs import silent as silent_frameworks
from portal.frameworks.models import Framework
from portal.kernel import clock
from portal.kernel.permission import Actor, permits, visible_to
from portal.kernel.record import Record
from portal.kernel.standing import in_turn
from portal.obligations.models import DueReport
from portal.obligations.queries import is_handed_over, to_check
from portal.obligations.queries import is_overdue as report_overdue
from portal.obligations.queries import reports as due_reports
from portal.obligations.queries import waiting as waiting_reports
from portal.partners.models import Link
from portal.partners.queries import told_of
from portal.portfolio.queries.disputes import undecided
from portal.portfolio.queries.turn import falls_to, follow_up_falls_to, framework_of, report_falls_to
from portal.portfolio.queries.update_rows import dress, reports
from portal.progress.models import StatusUpdate
from portal.progress.queries import stale_projects, to_approve, to_finish, told
from portal.projects.models import Project
from portal.results.models import Milestone
from portal.results.queries import overdue, results

SHOWN = 50
"""Rows of each group on the page; the number beside its head is exact up to 1,000."""


@dataclass
class Group:
    """One kind of work: its rows, and how many there are (counted to 1,001)."""

    rows: list = field(default_factory=list)
    number: int = 0


@dataclass
class Work:
    """What waits for a person (or, with `everybody`, for the whole department). `once_reported`: the silent frameworks of
    which, or of a project of which, a report is in the portal, however old. `late` and `tasks`: rows of the desk, those past
    their day and the others. `to_approve` and `to_finish`: reports that wait for an approver, and the person's own that were
    returned or are drafts. `milestones`: those overdue. `follow_ups`: those of events
    that are open, the most urgent first. `to_check`: reports handed over that the person may check; `due`: others overdue
    or due soon. `contacts`: those that are deleted soon."""

    stale: Group
    disputes: Group
    same: Group
    silent: Group
    once_reported: frozenset[int] = frozenset()
    late: Group = field(default_factory=Group)
    tasks: Group = field(default_factory=Group)
    to_approve: Group = field(default_factory=Group)
    to_finish: Group = field(default_factory=Group)
    milestones: Group = field(default_factory=Group)
    to_check: Group = field(default_factory=Group)
    due: Group = field(default_factory=Group)
    follow_ups: Group = field(default_factory=Group)
    contacts: Group = field(default_factory=Group)

    @property
    def number(self) -> int:
        groups = (
            self.to_approve, self.to_finish, self.late, self.tasks, self.follow_ups, self.milestones, self.stale, self.disputes,
            self.same, self.silent, self.contacts, self.to_check, self.due,
        )  # fmt: skip
        return sum(group.number for group in groups)


def work_of(
    s: Session, actor: Actor, today_less_stale_days: date, everybody: bool = False, shown: int = SHOWN,
    silent_since: date | None = None,
) -> Work:  # fmt: skip
    """All groups of work. `today_less_stale_days`: an update before this day is stale; `silent_since`: a framework without a
    sign of life from this day on is silent (the same day where it is not given). `shown`: rows of each group; with none only
    their numbers, which costs little however many there are."""
    if not shown:
        with in_turn():
            return _work(s, actor, today_less_stale_days, everybody, 0, silent_since or today_less_stale_days)
    return _work(s, actor, today_less_stale_days, everybody, shown, silent_since or today_less_stale_days)


def _work(s: Session, actor: Actor, stale_before: date, everybody: bool, shown: int, silent_since: date) -> Work:
    project_is_mine = true() if everybody else falls_to(actor, Project, framework_of(Project))
    first = aliased(Project, flat=True)
    pair_is_mine = true() if everybody else falls_to(actor, first, framework_of(first))
    framework_is_mine = true() if everybody else falls_to(actor, Framework, Framework.id)
    silent = _group(s, _silent(s, actor, silent_since, framework_is_mine), shown)
    return Work(
        stale=_group(s, stale_projects(actor, stale_before).where(project_is_mine), shown),
        disputes=Group(*undecided(s, actor, everybody, shown)),
        same=_same(s, actor, first, pair_is_mine, shown),
        silent=silent,
        once_reported=_once_reported(s, actor, [framework.id for framework in silent.rows]),
        late=_tasks(s, actor, everybody, True, shown),
        tasks=_tasks(s, actor, everybody, False, shown),
        to_approve=_reports(s, actor, to_approve(actor), shown),
        to_finish=_reports(s, actor, to_finish(actor), shown),
        follow_ups=_group(s, promises(actor).where(true() if everybody else follow_up_falls_to(actor)), shown),
        milestones=_milestones(s, actor, everybody, shown),
        to_check=_group(s, _handed_over(actor) if everybody else to_check(actor), shown),
        due=_group(
            s,
            waiting_reports(actor, clock.today()).where(
                ~is_handed_over(), true() if everybody else report_falls_to(actor)
            ),
            shown,
        ),
        contacts=_contacts(s, actor, everybody, shown),
    )


@dataclass(frozen=True)
class Decisions:
    """How much of the department's work asks for a decision, each counted to 1,001 (see `Work`). `overdue`: reports that are owed
    and past their day."""

    to_approve: Group
    disputes: Group
    same: Group
    milestones: Group
    overdue: Group


def decisions(s: Session, actor: Actor) -> Decisions:
    """The numbers of what waits for a decision of anybody."""
    with in_turn():
        return Decisions(
            to_approve=_reports(s, actor, to_approve(actor), 0),
            disputes=Group(*undecided(s, actor, True, 0)),
            same=_same(s, actor, aliased(Project, flat=True), true(), 0),
            milestones=_milestones(s, actor, True, 0),
            overdue=_group(s, waiting_reports(actor, clock.today()).where(report_overdue(clock.today())), 0),
        )


def next_stale(s: Session, actor: Actor, before: date, than: int) -> int | None:
    """Id of the project that waits longest in the actor's work, other than `than`, whose status the actor may report."""
    mine = stale_projects(actor, before).where(falls_to(actor, Project, framework_of(Project)), Project.id != than)
    return next((project.id for project in s.scalars(mine.limit(SHOWN)) if may_report(actor, project)), None)


def _group(s: Session, wanted: Select, shown: int) -> Group:
    number = _counted(s, wanted.with_only_columns(Record.id, maintain_column_froms=True))
    return Group(list(s.scalars(wanted.limit(shown))) if shown else [], number)


def _counted(s: Session, wanted: Select) -> int:
    """How many rows there are, counted to 1,001: in no order, so that no more are read."""
    return s.scalar(select(func.count()).select_from(wanted.order_by(None).limit(1001).subquery())) or 0


def _same(s: Session, actor: Actor, first, mine, shown: int) -> Group:
    source, target = aliased(Record), aliased(Record)
    wanted = (
        select(Link, source, target)
        .join(first, first.id == Link.from_id)
        .join(source, source.id == Link.from_id)
        .join(target, target.id == Link.to_id)
        .where(Link.relation == "possibly_same", told_of(actor, Link), mine)
    )
    ordered = wanted.order_by(source.order_cs, Link.id).limit(shown)
    rows = [tuple(row) for row in s.execute(ordered)] if shown else []
    return Group(rows, _counted(s, wanted.with_only_columns(Link.id, maintain_column_froms=True)))


def _tasks(s: Session, actor: Actor, everybody: bool, late: bool, shown: int) -> Group:
    """The open tasks past their day, or the others. A viewer, who looks at everybody's work, has tasks of their own."""
    wanted = waiting(actor, everybody and actor.role != "viewer", late)
    rows = told_then(s, actor, s.execute(wanted.limit(shown)).all()) if shown else []
    return Group(rows, number_of(s, wanted))


def _reports(s: Session, actor: Actor, where: ColumnElement[bool], shown: int) -> Group:
    """The reports that wait longest, with the records they are of and their authors. A viewer has none."""
    if actor.role == "viewer":
        return Group()
    wanted = reports(actor, where)
    rows = s.execute(wanted.limit(1001)).all()
    return Group(dress(s, actor, [tuple(row) for row in rows[:shown]]) if shown else [], len(rows))


def _milestones(s: Session, actor: Actor, everybody: bool, shown: int) -> Group:
    """The overdue milestones the actor answers for, or that nobody does and whose project falls to the actor."""
    project = aliased(Project, flat=True)
    projects = select(project.id).where(falls_to(actor, project, framework_of(project)))
    nobodys = and_(Milestone.responsible_id.is_(None), Milestone.of_id.in_(projects))
    mine = true() if everybody else or_(Milestone.responsible_id == actor.person_id, nobodys)
    late = results(actor, Milestone).where(overdue(clock.today()), mine)
    return _group(s, late.order_by(Milestone.due_to, Milestone.id), shown)


def _handed_over(actor: Actor) -> Select:
    """All reports that wait for their check, the most urgent first."""
    return due_reports(actor).where(is_handed_over()).order_by(DueReport.due_to, DueReport.id)


def _contacts(s: Session, actor: Actor, everybody: bool, shown: int) -> Group:
    """The contacts that are deleted soon and that the actor keeps. A viewer keeps none."""
    if actor.role == "viewer":
        return Group()
    return _group(s, soon(actor, clock.today()).where(true() if everybody else kept_by(actor)), shown)


def _silent(s: Session, actor: Actor, before: date, mine) -> Select:
    """Frameworks in force that gave no sign of life since."""
    wanted = select(Framework).where(Framework.id.in_(silent_frameworks(s, actor, before)), mine)
    return wanted.order_by(Framework.order_cs, Framework.id)


def _once_reported(s: Session, actor: Actor, framework_ids: list[int]) -> frozenset[int]:
    """Those of the frameworks with a report of their own, or of a project of theirs, that the actor may see."""
    if not framework_ids:
        return frozenset()
    own = select(StatusUpdate.of_id).where(StatusUpdate.of_id.in_(framework_ids), told(actor))
    through = select(Project.framework_id).where(
        Project.framework_id.in_(framework_ids), Project.reported_on.is_not(None), visible_to(actor, Project)
    )
    return frozenset(s.scalars(union(own, through)))


def may_report(actor: Actor, record: Record) -> bool:
    """Whether the actor may report the status of this record."""
    return permits(actor, f"{record.kind}.edit", record)
