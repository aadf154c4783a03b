"""The list of projects."""

from __future__ import annotations

from portal.kernel.search import matching
from portal.partners.queries import takes_part
from portal.portfolio import choices
from portal.portfolio.queries import project_rows
from portal.projects.models import Project
from portal.projects.queries import for_country, in_framework, project_countries, with_theme
from portal.sources.queries import responsible
from portal.web.i18n import lazy_gettext as _l
from portal.web.listing import Choice, Listing, Search, Sort, Text
from portal.web.listing.values import NONE, archived, coded_or_none, equals, year

PROJECTS = Listing(
    filters=(
        Search(
            "q",
            _l("Search projects"),
            lambda text, v: matching(v.s, v.actor, text, Project.id),
            hint=_l("e.g. georgia returnees"),
        ),
        Choice("framework", _l("Framework"), choices.frameworks, lambda i, v: in_framework(v.actor, int(i)), many=True),
        Choice(
            "status", _l("Status"), coded_or_none("activity_status"), lambda c, v: equals(Project.status, c), many=True
        ),
        Choice("country", _l("For the country"), project_countries, lambda i, v: for_country(int(i))),
        Choice("lead", _l("Led by"), choices.leaders, lambda i, v: takes_part(v.actor, Project.id, [int(i)], ["lead"])),
        Choice("certainty", _l("Source"), choices.certainty, lambda c, v: choices.of_certainty(Project, c)),
        *choices.organisation_and_role(Project.id),
        Choice(
            "instrument", _l("Instrument"), choices.funded_by,
            lambda i, v: project_rows.with_instrument(v.actor, None if i == NONE else int(i)),
        ),
        Choice("theme", _l("Theme"), choices.themes, lambda i, v: with_theme(int(i))),
        Choice("light", _l("Traffic light"), coded_or_none("lights"), lambda c, v: equals(Project.light, c)),
        responsible(Project),
        archived(Project),
        Text("year", _l("Year"), lambda text, v: project_rows.in_year(year(text)), hint=_l("e.g. 2013")),
    ),
    sorts=(
        Sort("name", _l("Project"), lambda v: project_rows.tree_order(v.lang)),
        Sort("status", _l("Status"), lambda v: [Project.status], nullable=True),
        Sort("start", _l("Period"), lambda v: [project_rows.STARTS], nullable=True),
        Sort("reported", _l("Last report written"), lambda v: [Project.reported_on], nullable=True, descending=True),
    ),
    key=Project.id,
)  # fmt: skip
