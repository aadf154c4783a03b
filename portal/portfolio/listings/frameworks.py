"""The list of frameworks."""

from __future__ import annotations

from portal.frameworks.models import Framework
from portal.kernel.search import matching
from portal.portfolio import choices
from portal.portfolio.choices import or_none
from portal.portfolio.queries import framework_rows
from portal.web.i18n import lazy_gettext as _l
from portal.web.listing import Choice, Listing, Search, Sort

FRAMEWORKS = Listing(
    filters=(
        Search("q", _l("Search frameworks"), lambda text, v: matching(v.s, v.actor, text, Framework.id)),
        Choice("kind", _l("Kind"), choices.listed_or_none("framework_kinds"), lambda c, v: or_none(Framework.kind_code, c)),
        Choice("status", _l("Status"), choices.listed_or_none("framework_statuses"), lambda c, v: or_none(Framework.status, c)),
        Choice("country", _l("Country"), choices.countries, lambda i, v: framework_rows.with_participant(int(i))),
        Choice(
            "certainty", _l("Source"), choices.certainty, lambda c, v: choices.of_certainty(Framework, c)
        ),
    ),
    sorts=(Sort("name", _l("Framework"), lambda v: [Framework.order_cs if v.lang == "cs" else Framework.order_en]),),
    key=Framework.id,
    size=100,
)  # fmt: skip
