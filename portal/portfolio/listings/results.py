"""The lists of milestones, activities, indicators and risks."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, not_
from sqlalchemy.sql.functions import coalesce

from portal.kernel import clock, codes
from portal.kernel.record import Record, may_fall_into
from portal.kernel.search import matching
from portal.portfolio import choices
from portal.projects.queries import country_choices, of_country, of_framework
from portal.results.models import Activity, Indicator, Milestone, Risk
from portal.results.queries import of_level, overdue, told, weight
from portal.results.rules import OVERDUE, REACHED
from portal.sources.queries import certainty, names_where, responsible
from portal.web.i18n import lazy_gettext as _l
from portal.web.listing import Choice, Listing, Search, Sort, Text
from portal.web.listing.values import archived, coded, coded_or_none, equals, year


def _search(label, model) -> Search:
    def found(text: str, v) -> ColumnElement[bool]:
        return matching(v.s, v.actor, text, model.id)

    return Search("q", label, found)


def _placed(model) -> tuple[Choice, ...]:
    """Filters by what the result belongs to, which stand first."""

    def holders(v) -> list[tuple[object, str]]:
        return names_where(v, Record, exists().where(model.of_id == Record.id, told(v.actor, model)))

    return (
        Choice(
            "framework", _l("Framework"), choices.frameworks,
            lambda i, v: of_framework(v.actor, model.of_id, int(i)), many=True,
        ),
        Choice("of", _l("Project or framework"), holders, lambda i, v: model.of_id == int(i)),
        responsible(model),
    )  # fmt: skip


def _further(model) -> tuple[Choice, ...]:
    """Filters that stand behind “further”."""
    return (
        Choice(
            "country", _l("For the country"), country_choices, lambda i, v: of_country(v.actor, model.of_id, int(i))
        ),
        *choices.organisation_and_role(model.of_id),
        certainty(model),
        archived(model),
    )


def _by_name(label, model) -> Sort:
    return Sort("name", label, lambda v: [model.order_cs if v.lang == "cs" else model.order_en])


def _states(v) -> list[tuple[str, str]]:
    return codes.choices("milestone_states", v.lang)


def _in_state(code: str, v) -> ColumnElement[bool]:
    late = overdue(clock.today())
    if code == OVERDUE:
        return late
    reached = Milestone.reached_edtf.is_not(None)
    return reached if code == REACHED else not_(reached) & (not_(late) | Milestone.due_to.is_(None))


def _due_in(number: int) -> ColumnElement[bool]:
    return may_fall_into(Milestone.due_from, Milestone.due_to, Milestone.due_edtf, (number, number))


def _target_in(number: int) -> ColumnElement[bool]:
    return may_fall_into(Indicator.target_on_from, Indicator.target_on_to, Indicator.target_on_edtf, (number, number))


def _running_in(number: int) -> ColumnElement[bool]:
    stated = coalesce(Activity.start_edtf, Activity.end_edtf)
    return may_fall_into(Activity.start_from, Activity.end_to, stated, (number, number))


MILESTONES = Listing(
    filters=(
        _search(_l("Search milestones"), Milestone),
        Choice("state", _l("State of the milestone"), _states, _in_state),
        *_placed(Milestone),
        Text("year", _l("Year"), lambda text, v: _due_in(year(text)), hint=_l("for which it is planned")),
        *_further(Milestone),
    ),
    sorts=(
        Sort("due", _l("Planned for"), lambda v: [Milestone.due_to], nullable=True),
        _by_name(_l("Milestone"), Milestone),
    ),
    key=Milestone.id,
)
ACTIVITIES = Listing(
    filters=(
        _search(_l("Search activities"), Activity),
        Choice(
            "state",
            _l("State of the activity"),
            coded_or_none("activity_states"),
            lambda c, v: equals(Activity.state, c),
        ),
        *_placed(Activity),
        Text("year", _l("Year"), lambda text, v: _running_in(year(text)), hint=_l("in which it runs")),
        *_further(Activity),
    ),
    sorts=(
        Sort("start", _l("Start"), lambda v: [Activity.start_from], nullable=True),
        Sort("end", _l("End"), lambda v: [Activity.end_to], nullable=True),
        _by_name(_l("Activity"), Activity),
    ),
    key=Activity.id,
)
INDICATORS = Listing(
    filters=(
        _search(_l("Search indicators"), Indicator),
        *_placed(Indicator),
        Text("year", _l("Year"), lambda text, v: _target_in(year(text)), hint=_l("by which the target is set")),
        *_further(Indicator),
    ),
    sorts=(
        _by_name(_l("Indicator"), Indicator),
        Sort("target", _l("Target by"), lambda v: [Indicator.target_on_to], nullable=True),
    ),
    key=Indicator.id,
)
RISKS = Listing(
    filters=(
        _search(_l("Search risks"), Risk),
        Choice("state", _l("State of the risk"), coded("risk_states"), lambda c, v: Risk.state == c),
        Choice("level", _l("Level"), coded("risk_levels"), lambda c, v: of_level(c)),
        *_placed(Risk),
        Choice(
            "likelihood", _l("Likelihood"), coded_or_none("risk_likelihoods"), lambda c, v: equals(Risk.likelihood, c)
        ),
        Choice("impact", _l("Impact"), coded_or_none("risk_impacts"), lambda c, v: equals(Risk.impact, c)),
        *_further(Risk),
    ),
    sorts=(
        Sort("level", _l("Level"), lambda v: [weight()], nullable=True, descending=True),
        _by_name(_l("Risk"), Risk),
    ),
    key=Risk.id,
)
