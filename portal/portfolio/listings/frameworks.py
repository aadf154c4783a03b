"""The list of frameworks."""

from __future__ import annotations

from portal.frameworks.models import Framework
from portal.frameworks.queries import subtree
from portal.kernel.search import matching
from portal.partners.queries import takes_part
from portal.portfolio import choices
from portal.portfolio.queries import framework_rows
from portal.sources.queries import responsible
from portal.web.i18n import lazy_gettext as _l
from portal.web.listing import Choice, Listing, Search, Sort, Text
from portal.web.listing.values import archived, coded_or_none, equals, year

FRAMEWORKS = Listing(
    filters=(
        Search("q", _l("Search frameworks"), lambda text, v: matching(v.s, v.actor, text, Framework.id)),
        Choice("framework", _l("Under framework"), choices.frameworks, lambda i, v: Framework.id.in_(subtree(v.actor, int(i)))),
        Choice("kind", _l("Kind"), coded_or_none("framework_kinds"), lambda c, v: equals(Framework.kind_code, c)),
        Choice("status", _l("Status"), coded_or_none("framework_statuses"), lambda c, v: equals(Framework.status, c)),
        Choice(
            "country", _l("Country taking part"), choices.countries_in_frameworks,
            lambda i, v: takes_part(v.actor, Framework.id, [int(i)]),
        ),
        Choice("certainty", _l("Source"), choices.certainty, lambda c, v: choices.of_certainty(Framework, c)),
        *choices.organisation_and_role(Framework.id),
        responsible(Framework),
        archived(Framework),
        Text("year", _l("Year"), lambda text, v: framework_rows.in_year(year(text)), hint=_l("e.g. 2013")),
    ),
    sorts=(Sort("name", _l("Framework"), lambda v: [Framework.order_cs if v.lang == "cs" else Framework.order_en]),),
    key=Framework.id,
    size=100,
)  # fmt: skip
