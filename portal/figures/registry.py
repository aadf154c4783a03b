"""All figures by key, with the words that explain them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from portal.figures import coverage, funding, projects
from portal.web.i18n import lazy_gettext as _l

MONEY, PROJECTS = "money", "projects"


@dataclass(frozen=True)
class Figure:
    """One figure. `name` and `definition` are lazy texts in the language of the request.

    value(s, actor, scope)                    Funding or Count; Breakdown where `by` names a dimension
    records(s, actor, scope, part=)           the flows (JudgedFlow) or projects behind it; `part`: the key of one group
    behind(actor, scope, part=)               the same as a SELECT, to be paged (`Behind`); of projects with their status
    coverage(s, actor, scope)                 Coverage in projects
    """

    key: str
    name: object
    definition: object
    unit: str
    value: Callable
    records: Callable
    behind: Callable
    coverage: Callable
    by: str | None = None


_COUNTS = _l(
    "The sum of amounts booked at projects and frameworks, each once, at the record where it is booked. An amount included "
    "in another one of the selection is not added; nor is a payment beside its commitment, money passed on within the "
    "selection, spending or a refund. Currencies are not converted. Unknown amounts are counted, not estimated."
)
_PROJECTS = _l(
    "Every project known to the chosen sources counts once, umbrella projects and their parts each. "
    "Projects that may be one and the same are counted separately and listed in a warning."
)

FIGURES: dict[str, Figure] = {
    figure.key: figure
    for figure in (
        Figure(
            "known_funding", _l("Known funding"), _COUNTS, MONEY,
            funding.known_funding, funding.records, funding.behind, coverage.coverage,
        ),
        Figure(
            "known_funding_by_instrument", _l("Known funding by instrument"), _COUNTS, MONEY,
            funding.by_instrument, partial(funding.records, by="instrument"), partial(funding.behind, by="instrument"),
            coverage.coverage, "instrument",
        ),
        Figure(
            "known_funding_by_framework", _l("Known funding by framework"), _COUNTS, MONEY,
            funding.by_framework, partial(funding.records, by="framework"), partial(funding.behind, by="framework"),
            coverage.coverage, "framework",
        ),
        Figure(
            "projects", _l("Projects"), _PROJECTS, PROJECTS,
            projects.count, projects.records, projects.behind, projects.status_coverage,
        ),
        Figure(
            "projects_by_status", _l("Projects by status"), _PROJECTS, PROJECTS,
            projects.by_status, partial(projects.records, by="status"), partial(projects.behind, by="status"),
            projects.status_coverage, "status",
        ),
    )
}  # fmt: skip
