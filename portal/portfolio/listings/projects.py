"""The list of projects."""

from __future__ import annotations

from portal.kernel.search import matching
from portal.portfolio import choices
from portal.portfolio.choices import or_none
from portal.portfolio.queries import project_rows
from portal.projects.models import Project
from portal.projects.queries import in_framework, with_theme
from portal.web.i18n import gettext as _
from portal.web.i18n import lazy_gettext as _l
from portal.web.listing import Choice, Listing, Search, Sort, Text


def _year(text: str, v):
    if not (text.isascii() and text.isdigit() and 1900 <= int(text) <= 2100):
        raise ValueError(_("Write a year, for example 2013."))
    return project_rows.in_year(int(text))


PROJECTS = Listing(
    filters=(
        Search(
            "q",
            _l("Search projects"),
            lambda text, v: matching(v.s, v.actor, text, Project.id),
            hint=_l("e.g. gruzie navratilci"),
        ),
        Choice("framework", _l("Framework"), choices.frameworks, lambda i, v: in_framework(int(i)), many=True),
        Choice(
            "status", _l("Status"), choices.listed_or_none("activity_status"), lambda c, v: or_none(Project.status, c), many=True
        ),
        Choice("country", _l("Country"), choices.countries, lambda i, v: project_rows.with_country(int(i))),
        Choice("lead", _l("Led by"), choices.leaders, lambda i, v: project_rows.with_participant(int(i), ("lead",))),
        Choice("certainty", _l("Source"), choices.certainty, lambda c, v: choices.of_certainty(Project, c)),
        Choice("organisation", _l("Organisation"), choices.organisations, lambda i, v: project_rows.with_participant(int(i))),
        Choice(
            "role", _l("Role of the organisation"), choices.listed("participation_roles"),
            lambda c, v: project_rows.with_role(v.actor, c, v.values.get("organisation")), any=_l("Any"),
        ),
        Choice(
            "instrument", _l("Instrument"), choices.funded_by,
            lambda i, v: project_rows.with_instrument(v.actor, None if i == choices.NONE else int(i)),
        ),
        Choice("theme", _l("Theme"), choices.themes, lambda i, v: with_theme(int(i))),
        Choice("light", _l("Traffic light"), choices.listed_or_none("lights"), lambda c, v: or_none(Project.light, c)),
        Choice(
            "responsible", _l("Responsible"), choices.responsible,
            lambda i, v: Project.responsible_id.is_(None) if i == choices.NONE else Project.responsible_id == int(i),
        ),
        Text("year", _l("Year"), _year, hint=_l("e.g. 2013")),
    ),
    sorts=(
        Sort("name", _l("Project"), lambda v: project_rows.tree_order(v.lang)),
        Sort("status", _l("Status"), lambda v: [Project.status], nullable=True),
        Sort("start", _l("Period"), lambda v: [project_rows.STARTS], nullable=True),
        Sort("reported", _l("Last report"), lambda v: [Project.reported_on], nullable=True, descending=True),
    ),
    key=Project.id,
)  # fmt: skip
