"""The list of status updates."""

from __future__ import annotations

from datetime import date

from portal.kernel.search import matching
from portal.portfolio import choices
from portal.portfolio.choices import or_none
from portal.portfolio.queries import update_rows
from portal.portfolio.queries.update_rows import Of
from portal.progress.models import StatusUpdate
from portal.web.i18n import gettext as _
from portal.web.i18n import lazy_gettext as _l
from portal.web.listing import Choice, Listing, Search, Sort, Text


def _year(text: str, v):
    if not (text.isascii() and text.isdigit() and 1900 <= int(text) <= 2100):
        raise ValueError(_("Write a year, for example 2013."))
    first, last = date(int(text), 1, 1), date(int(text), 12, 31)
    return (StatusUpdate.held_on_from <= last) & (
        StatusUpdate.held_on_to.is_(None) | (StatusUpdate.held_on_to >= first)
    )


UPDATES = Listing(
    filters=(
        Search(
            "q", _l("Search status updates"),
            lambda text, v: matching(v.s, v.actor, text, StatusUpdate.id) | matching(v.s, v.actor, text, StatusUpdate.of_id),
            hint=_l("what happened, or of which project"),
        ),
        Choice("framework", _l("Framework"), choices.frameworks, lambda i, v: update_rows.below(int(i)), many=True),
        Choice("record", _l("Project or framework"), update_rows.reported, lambda i, v: StatusUpdate.of_id == int(i)),
        Choice("light", _l("Traffic light"), choices.listed_or_none("lights"), lambda c, v: or_none(StatusUpdate.light, c)),
        Choice(
            "status", _l("Status"), choices.listed_or_none("activity_status"), lambda c, v: or_none(StatusUpdate.status, c)
        ),
        Text("year", _l("Year"), _year, hint=_l("e.g. 2013")),
    ),
    sorts=(
        Sort(
            "held", _l("As of"), lambda v: [StatusUpdate.held_on_to, StatusUpdate.written_on], nullable=True, descending=True
        ),
        Sort("name", _l("Project or framework"), lambda v: [Of.order_cs if v.lang == "cs" else Of.order_en]),
        Sort("written", _l("Written on"), lambda v: [StatusUpdate.written_on], descending=True),
    ),
    key=StatusUpdate.id,
)  # fmt: skip
