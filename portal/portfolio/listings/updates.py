"""The list of status updates."""

from __future__ import annotations

from portal.kernel.search import matching
from portal.portfolio import choices
from portal.portfolio.queries import update_rows
from portal.portfolio.queries.update_rows import Of
from portal.progress.models import StatusUpdate
from portal.projects.queries import country_choices, of_country, of_framework
from portal.sources.queries import certainty, responsible
from portal.web.i18n import lazy_gettext as _l
from portal.web.listing import Choice, Listing, Search, Sort, Text
from portal.web.listing.values import coded_or_none, equals, year

UPDATES = Listing(
    filters=(
        Search(
            "q", _l("Search status updates"),
            lambda text, v: matching(v.s, v.actor, text, StatusUpdate.id) | matching(v.s, v.actor, text, StatusUpdate.of_id),
            hint=_l("what happened, or of which project"),
        ),
        Choice(
            "framework", _l("Framework"), choices.frameworks,
            lambda i, v: of_framework(v.actor, StatusUpdate.of_id, int(i)), many=True,
        ),
        Choice("record", _l("Project or framework"), update_rows.reported, lambda i, v: StatusUpdate.of_id == int(i)),
        Choice("light", _l("Traffic light"), coded_or_none("lights"), lambda c, v: equals(StatusUpdate.light, c)),
        Choice("status", _l("Status"), coded_or_none("activity_status"), lambda c, v: equals(StatusUpdate.status, c)),
        Choice(
            "country", _l("For the country"), country_choices, lambda i, v: of_country(v.actor, StatusUpdate.of_id, int(i))
        ),
        *choices.organisation_and_role(StatusUpdate.of_id),
        responsible(Of),
        certainty(StatusUpdate),
        Text("year", _l("Year"), lambda text, v: update_rows.in_year(year(text)), hint=_l("e.g. 2013")),
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
