"""The lists of due reports and of obligations: how they may be filtered and ordered."""

from __future__ import annotations

from sqlalchemy import ColumnElement, case, exists, false, func
from sqlalchemy.orm import aliased

from portal.frameworks.models import Framework
from portal.kernel import clock
from portal.kernel.permission import visible_to
from portal.kernel.record import Record, may_fall_into
from portal.kernel.search import matching
from portal.obligations.models import DueReport, Obligation
from portal.obligations.queries import in_framework, is_overdue, is_owed, told_obligation
from portal.partners.models import Organisation
from portal.sources.queries import certainty, names_where, responsible
from portal.web.i18n import gettext as _
from portal.web.i18n import lazy_gettext as _l
from portal.web.listing import Choice, Listing, Search, Sort, Text
from portal.web.listing.values import archived, coded, coded_or_none, equals, year

OWED, OVERDUE, MINE = "owed", "overdue", "mine"
_of, _held = aliased(Record, flat=True), aliased(Record, flat=True)


def _frameworks(v) -> list[tuple[object, str]]:
    return names_where(v, Framework, visible_to(v.actor, Framework))


def _recipients(v) -> list[tuple[object, str]]:
    return names_where(
        v, Organisation, exists().where(Obligation.recipient_id == Organisation.id, told_obligation(v.actor))
    )


def _due(code: str, v) -> ColumnElement[bool]:
    if code == MINE:
        return _mine(v.actor.person_id) if v.actor.person_id else false()
    return is_owed() if code == OWED else is_overdue(clock.today())


def _mine(person_id: int) -> ColumnElement[bool]:
    """Whoever answers for the report, else for its obligation, else for what that is of."""
    answers = func.coalesce(DueReport.responsible_id, _held.responsible_id, _of.responsible_id)
    above = (_held.id == Obligation.id, _of.id == Obligation.of_id, answers == person_id)
    return exists().where(*above).correlate_except(_of, _held)


def _named(model):
    return lambda v: [model.order_cs if v.lang == "cs" else model.order_en]


REPORTS = Listing(
    filters=(
        Search("q", _l("Search reports"), lambda text, v: matching(v.s, v.actor, text, DueReport.id)),
        Choice("state", _l("State"), coded("report_states"), lambda c, v: DueReport.state == c, many=True),
        Choice(
            "due", _l("Whose, and how urgent"),
            lambda v: [(OWED, _("still owed")), (OVERDUE, _("overdue")), (MINE, _("mine"))], _due,
        ),
        Choice("framework", _l("Framework"), _frameworks, lambda i, v: in_framework(v.actor, int(i))),
        Choice("kind", _l("Kind of report"), coded_or_none("report_kinds"), lambda c, v: equals(Obligation.kind_code, c)),
        Choice("recipient", _l("Who gets it"), _recipients, lambda i, v: Obligation.recipient_id == int(i)),
        Text("year", _l("Year"), lambda text, v: _due_in(year(text)), hint=_l("of the day by which it is due")),
        responsible(DueReport),
        archived(DueReport),
    ),
    sorts=(
        Sort("due", _l("By when"), lambda v: [case((is_owed(), 0), else_=1), DueReport.due_to], nullable=True),
        Sort("name", _l("Report"), _named(DueReport)),
    ),
    key=DueReport.id,
)  # fmt: skip
OBLIGATIONS = Listing(
    filters=(
        Search("q", _l("Search obligations"), lambda text, v: matching(v.s, v.actor, text, Obligation.id)),
        Choice("framework", _l("Framework"), _frameworks, lambda i, v: in_framework(v.actor, int(i))),
        Choice("kind", _l("Kind of report"), coded_or_none("report_kinds"), lambda c, v: equals(Obligation.kind_code, c)),
        Choice("recipient", _l("Who gets it"), _recipients, lambda i, v: Obligation.recipient_id == int(i)),
        certainty(Obligation),
        responsible(Obligation),
        archived(Obligation),
    ),
    sorts=(
        Sort("name", _l("Obligation"), _named(Obligation)),
        Sort("starts", _l("First day to report on"), lambda v: [Obligation.starts_from], nullable=True),
    ),
    key=Obligation.id,
)  # fmt: skip


def _due_in(number: int) -> ColumnElement[bool]:
    return may_fall_into(DueReport.due_from, DueReport.due_to, DueReport.due_edtf, (number, number))
