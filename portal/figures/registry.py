"""All figures by key, with the words that explain them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from markupsafe import escape

from portal.figures import funding, kept, kept_signs, projects
from portal.figures.breakdowns import breakdown
from portal.figures.counts import COUNTS
from portal.figures.dimensions import DIMENSIONS
from portal.figures.measures import MEASURES, Measure, Paired
from portal.figures.scope import Scope
from portal.figures.tallies import TALLIES
from portal.figures.wording import COUNT_WORDS, MONEY_FILTERS, CountWords
from portal.kernel.permission import Actor
from portal.web.i18n import lazy_gettext as _l

MONEY, SHARE, PROJECTS = "money", "share", "projects"
"""Units; of counts of other things what `wording` says."""


@dataclass(frozen=True)
class Figure:
    """One figure. `name` and `definition` are lazy texts in the language of the request.

    value(s, actor, scope)                    Funding, Shares or Count by `unit`; Breakdown where `by` names a dimension
    records(s, actor, scope, part=)           the flows (JudgedFlow) or projects behind it; `part`: the key of one group
    behind(actor, scope, part=)               the same as a SELECT, to be paged (`Behind`); of projects with their status
    coverage(s, actor, scope)                 Coverage in projects; of a count, of what its words say
    words                                     of a count of other things than projects by status (`wording`)
    unheeded                                  fields of a scope that do not concern it
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
    measure: Measure | Paired | None = None
    words: CountWords | None = None
    unheeded: tuple[str, ...] = ()


@dataclass(frozen=True)
class Joined:
    """A name made of two lazy texts."""

    first: object
    second: object

    def __str__(self) -> str:
        return f"{self.first} {self.second}"

    def __html__(self) -> str:
        return str(escape(str(self)))


_WORDS: dict[str, tuple[object, object]] = {
    "known_funding": (
        _l("Known funding"),
        _l(
            "The sum of amounts booked at projects and frameworks, each once, at the record where it is booked. An amount "
            "included in another one of the selection is not added; nor is a payment beside its commitment, money passed on "
            "within the selection, spending or a refund. Currencies are not converted. Unknown amounts are counted, not "
            "estimated."
        ),
    ),
    "commitments": (
        _l("Commitments"),
        _l(
            "Money that was committed: flows whose source calls them a commitment, each once. One that is included in another "
            "commitment of the selection is not added, nor is one made within the selection. A flow whose type is not stated "
            "is not taken for a commitment."
        ),
    ),
    "disbursements": (
        _l("Payments"),
        _l(
            "Money that was paid: incoming funds and disbursements, each once. A payment that is included in another one of the "
            "selection is not added, nor is one made within the selection. A flow whose type is not stated is not taken for a "
            "payment."
        ),
    ),
    "expenditure": (
        _l("Expenditure"),
        _l(
            "Money that was spent: flows whose source calls them an expenditure, each once. Money spent on another record of the "
            "selection is not spent yet. A flow whose type is not stated is not taken for an expenditure."
        ),
    ),
    "remaining": (
        _l("Remaining"),
        _l(
            "Commitments less payments, currency by currency, for each project with its parts and for each framework where both "
            "are known. Where either is not known, what remains is not known: a payment nobody wrote down is not zero. Less than "
            "nothing means that more was paid than committed."
        ),
    ),
    "absorption": (
        _l("Absorption"),
        _l(
            "Expenditure as a share of commitments, currency by currency, of the projects with their parts and the frameworks "
            "where both are known. Where either is not known, the share is not known. Rounded to a tenth of a per cent at the "
            "very end."
        ),
    ),
}
_BY: dict[str, object] = {
    "instrument": _l("by instrument"), "framework": _l("by framework"), "provider": _l("by provider"),
    "receiver": _l("by receiver"), "project": _l("by record of booking"), "country": _l("by country"),
    "year": _l("by year"), "currency": _l("by currency"), "certainty": _l("by certainty"), "status": _l("by status"),
    "level": _l("by level"), "implementer": _l("by implementing organisation"),
}  # fmt: skip
_PROJECTS = _l(
    "Every project known to the chosen sources counts once, umbrella projects and their parts each. "
    "Projects that may be one and the same are counted separately and listed in a warning."
)


def _money() -> list[Figure]:
    """Every measure, and every measure by every dimension that can part it."""
    found = []
    for key, measure in MEASURES.items():
        name, definition = _WORDS[key]
        unit = SHARE if isinstance(measure, Paired) and measure.share else MONEY
        reading = {
            "records": partial(funding.records, measure=measure), "behind": partial(funding.behind, measure=measure),
            "coverage": partial(kept.coverage, measure=measure),
        }  # fmt: skip
        value = partial(kept.total, measure=measure)
        found.append(Figure(key, name, definition, unit, value, **reading, measure=measure))
        for by, one in DIMENSIONS.items():
            if isinstance(measure, Paired) and not one.paired:
                continue
            parted = {k: partial(reading[k], by=by) for k in ("records", "behind")}
            value = partial(breakdown, measure=measure, by=by)
            title = Joined(name, _BY[by])
            found.append(
                Figure(
                    f"{key}_by_{by}", title, definition, unit, value, **parted, coverage=reading["coverage"], by=by,
                    measure=measure,
                )
            )  # fmt: skip
    return found


def _counts() -> list[Figure]:
    """Every count with its words."""
    return [
        Figure(
            key, words.name, words.definition, words.unit, _kept(key, one.value), one.records,
            partial(_whole, one.behind), _coverage(key, one.coverage), words=words, unheeded=words.unheeded,
        )
        for key, one in COUNTS.items() for words in (COUNT_WORDS[key],)
    ]  # fmt: skip


KEPT = {"partners": "organisation", "frameworks": "framework"}
"""Counts that are all the records of a kind, of which summaries are kept."""


def _kept(key: str, counted: Callable) -> Callable:
    if key in KEPT:
        return partial(kept.of_kind, kind=KEPT[key], counted=counted)
    if key == "silent_frameworks":
        return partial(kept_signs.count, counted=counted)
    return partial(kept.tally, key=key, counted=counted) if key in TALLIES else counted


def _coverage(key: str, counted: Callable) -> Callable:
    return partial(kept.tally_coverage, key=key, counted=counted) if key in TALLIES else counted


def _whole(behind: Callable, actor: Actor, scope: Scope, part: str | None = None):
    """The records behind a count, which has no groups."""
    if part is not None:
        raise ValueError(f"no such group: {part[:40]!r}")
    return behind(actor, scope)


FIGURES: dict[str, Figure] = {
    figure.key: figure
    for figure in (
        *_money(),
        *_counts(),
        Figure(
            "projects", _l("Projects"), _PROJECTS, PROJECTS,
            kept.count, projects.records, projects.behind, projects.status_coverage, unheeded=MONEY_FILTERS,
        ),
        Figure(
            "projects_by_status", _l("Projects by status"), _PROJECTS, PROJECTS,
            kept.by_status, partial(projects.records, by="status"), partial(projects.behind, by="status"),
            projects.status_coverage, "status", unheeded=MONEY_FILTERS,
        ),
    )
}  # fmt: skip
