"""Reading budgets and expenditure, for pages and for reports that are made of them:

    budget_in_force(s, actor, contract, at)   the version that holds on a day, with lines, totals by heading, limits
    versions(s, actor, contract)              every version, the first one first
    comparison(s, actor, budget)              old budget | use of contingencies | new budget, line by line
    incurred(s, actor, report)                what a due report claims: items with their conversions, lines with budget,
                                              this period, before, to date, variation, forecast and explanation

Amounts are whole minor units of the currency beside them. What the actor may not see is absent.
"""

from portal.budgets.queries.claims import Checked, checks
from portal.budgets.queries.comparison import ComparedLine, Comparison, comparison
from portal.budgets.queries.incurred import Claimed, Incurred, IncurredLine, incurred, nothing_of
from portal.budgets.queries.rows import (
    expenditure_of,
    held_editions,
    items_of,
    last_place,
    last_written,
    report_line,
    report_lines,
    row_then,
    unwritten_item,
    was_item,
    was_line,
)
from portal.budgets.queries.silence import Codes, Unsaid
from portal.budgets.queries.told import ToldBefore, told_before
from portal.budgets.queries.versions import (
    Version,
    before,
    budget,
    budget_in_force,
    budgets,
    budgets_of,
    line,
    lines,
    offered_addenda,
    version,
    versions,
)

__all__ = [
    "Checked", "Claimed", "Codes", "ComparedLine", "Comparison", "Incurred", "IncurredLine", "ToldBefore", "Unsaid",
    "Version", "before", "budget", "budget_in_force", "budgets", "budgets_of", "checks", "comparison", "expenditure_of",
    "held_editions", "incurred", "items_of", "last_place", "last_written", "line", "lines", "nothing_of", "offered_addenda",
    "report_line", "report_lines", "row_then", "told_before", "unwritten_item", "version", "versions", "was_item", "was_line",
]  # fmt: skip
