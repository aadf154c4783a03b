"""Figures: every total and count people see, each defined once.

    figure = figures.FIGURES["known_funding"]
    figure.value(s, actor, scope)        what it is: sums per currency, or a number, with what was left out and why
    figure.records(s, actor, scope)      the records behind it, counted or not, with the reason; `part` picks one group
    figure.behind(actor, scope)          the same as a SELECT that can be counted and paged
    figure.coverage(s, actor, scope)     for how many of how many projects it is known; `units`, `gaps` name them

Invariants. A flow counts at the record where it is booked, once. One that is included, however deep, in another flow of the
same scope never adds beside it; nor does another stage of the same money (a payment beside its commitment), nor money that
goes round inside the scope. Currencies are never mixed, rounded amounts keep their mark, an unknown amount is counted as
unknown and never as zero. A total of a part of the portfolio (a framework, a list) is judged within that part, wherever it
is shown: what is included in a sum outside of it counts, and `included_outside` says that there is such an amount. Groups
part a total: summed over the groups of any dimension it is the same to the cent.

Keys. `FIGURES` has every measure (`measures`: known_funding, commitments, disbursements, expenditure, remaining, absorption)
and every measure by every dimension (`dimensions`) that can part it: `commitments_by_year`, `known_funding_by_provider`.
`unit` is "money" (Funding), "share" (Shares: absorption) or what is counted (Count): projects, and the `counts` of partners,
events, follow-ups, tasks, stale projects and silent frameworks. `remaining` and `absorption` set two measures
beside each other for each umbrella with its parts, and count only where both are known; they are parted by what a place
is (project, framework, country, status, level, implementer) and by currency. Keys of groups: an id, a code, `none` (not
stated), `more` (a project for two countries stands there, once; the filter of one of them finds it), `2010-2013`;
`names.group_name(by, key, lang, name)` names any of them. `links.links` gives rows provider → instrument → place → implementer
(or any other dimensions together) of the money that counts.

`scope` is the filter, `selection` the SQL both value and records are read from, `frames` the plain rows that feed chart,
table and Excel alike. `verdicts` says of single flows whether they add, for lists and pages of flows.
"""

from portal.figures import verdicts  # noqa: F401  figures say here which flows add
from portal.figures.frames import frame
from portal.figures.registry import FIGURES, Figure
from portal.figures.scope import EVERYTHING, NOT_STATED, Scope
from portal.figures.shapes import Breakdown, Count, Coverage, Funding, Group, Share, Shares, Sum, Unit

__all__ = [
    "EVERYTHING", "FIGURES", "NOT_STATED", "Breakdown", "Count", "Coverage", "Figure", "Funding", "Group", "Scope", "Share",
    "Shares", "Sum", "Unit", "frame",
]  # fmt: skip
