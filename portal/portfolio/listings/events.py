"""The lists of events and of follow-ups."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, false

from portal.events.models import Event, FollowUp
from portal.events.queries import about_country, is_overdue, told_event, told_follow_up
from portal.kernel import clock
from portal.kernel.record import Record, may_fall_into
from portal.kernel.search import matching
from portal.portfolio import choices
from portal.projects.queries import of_framework
from portal.sources.queries import certainty, names_where, responsible
from portal.web.i18n import gettext as _
from portal.web.i18n import lazy_gettext as _l
from portal.web.listing import Choice, Listing, Search, Sort, Text
from portal.web.listing.values import NONE, archived, coded, coded_or_none, equals, year

UPCOMING, PAST, UNDATED = "upcoming", "past", "undated"
MINE, OVERDUE = "mine", "overdue"


def _times(v) -> list[tuple[str, str]]:
    return [(UPCOMING, _("today and later")), (PAST, _("past")), (UNDATED, _("without a date"))]


def _at(code: str, v) -> ColumnElement[bool]:
    """By the day the portal shows; an event whose date may still lie ahead is not past."""
    if code == UNDATED:
        return Event.held_edtf.is_(None)
    today = clock.today()
    ahead = Event.held_to.is_(None) | (Event.held_to >= today)
    return Event.held_edtf.is_not(None) & (ahead if code == UPCOMING else Event.held_to < today)


def _under(v) -> list[tuple[object, str]]:
    """The frameworks and projects that have an event, and “none”."""
    has = exists().where(Event.under_id == Record.id, told_event(v.actor))
    return [*names_where(v, Record, has), (NONE, _("none: it stands by itself"))]


def _owners(v) -> list[tuple[object, str]]:
    return names_where(v, Record, exists().where(FollowUp.owner_id == Record.id, told_follow_up(v.actor)))


def _due(code: str, v) -> ColumnElement[bool]:
    if code == MINE:
        return FollowUp.responsible_id == v.actor.person_id if v.actor.person_id else false()
    return is_overdue(clock.today())


EVENTS = Listing(
    filters=(
        Search("q", _l("Search events"), lambda text, v: matching(v.s, v.actor, text, Event.id), hint=_l("e.g. summit")),
        Choice(
            "framework", _l("Framework"), choices.frameworks,
            lambda i, v: of_framework(v.actor, Event.under_id, int(i)), many=True,
        ),
        Choice("kind", _l("Kind"), coded_or_none("event_kinds"), lambda c, v: equals(Event.kind_code, c), many=True),
        Choice("when", _l("When"), _times, _at),
        Choice("country", _l("Concerns the country"), choices.countries_of_events, lambda i, v: about_country(v.actor, int(i))),
        Text("year", _l("Year"), lambda text, v: _in_year(year(text)), hint=_l("e.g. 2013")),
        Choice("under", _l("Framework or project"), _under, lambda i, v: equals(Event.under_id, i)),
        *choices.organisation_and_role(Event.id),
        certainty(Event),
        responsible(Event),
        archived(Event),
    ),
    sorts=(
        Sort("held", _l("Date"), lambda v: [Event.held_from], nullable=True, descending=True),
        Sort("name", _l("Event"), lambda v: [Event.order_cs if v.lang == "cs" else Event.order_en]),
    ),
    key=Event.id,
)  # fmt: skip

FOLLOW_UPS = Listing(
    filters=(
        Search("q", _l("Search follow-ups"), lambda text, v: matching(v.s, v.actor, text, FollowUp.id)),
        Choice("state", _l("State"), coded("follow_up_states"), lambda c, v: FollowUp.state == c, many=True),
        Choice("due", _l("Whose, and how urgent"), lambda v: [(MINE, _("mine")), (OVERDUE, _("overdue"))], _due),
        Choice("framework", _l("Framework"), choices.frameworks, lambda i, v: of_framework(v.actor, Event.under_id, int(i))),
        Choice("owner", _l("Who promised it"), _owners, lambda i, v: FollowUp.owner_id == int(i)),
        Choice("country", _l("Concerns the country"), choices.countries_of_events, lambda i, v: about_country(v.actor, int(i))),
        Text("year", _l("Year"), lambda text, v: _due_in(year(text)), hint=_l("of the date by which it is due")),
        certainty(FollowUp),
        responsible(FollowUp),
        archived(FollowUp),
    ),
    sorts=(
        Sort("due", _l("By when"), lambda v: [FollowUp.due_to], nullable=True),
        Sort("name", _l("What is to be done"), lambda v: [FollowUp.order_cs if v.lang == "cs" else FollowUp.order_en]),
    ),
    key=FollowUp.id,
)  # fmt: skip


def _in_year(number: int) -> ColumnElement[bool]:
    return may_fall_into(Event.held_from, Event.held_to, Event.held_edtf, (number, number))


def _due_in(number: int) -> ColumnElement[bool]:
    return may_fall_into(FollowUp.due_from, FollowUp.due_to, FollowUp.due_edtf, (number, number))
