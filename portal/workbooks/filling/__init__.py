"""Filling the donor's own workbook: some cells get values, every other part and cell keeps its bytes.

    filled = fill(template, {Place("Budget", 7, 4): Decimal("1200.50")}, rows=[Block("Costs", 10, 24, (2, 3), lines)])
    filled.data                     # the workbook
    filled.computed, filled.lost    # formulas whose saved values are new; those that have none any more, and why

The file was checked before (`portal.workbooks.reading`). What may change, and nothing else: the cells given, the saved values of
formulas that depend on them, the mark that asks Excel to compute anew, the values that charts and pivot tables keep. Raises
`Unfillable` with everything that stands in the way; then nothing is written.
"""

from portal.workbooks.filling.filled import LEFT, Block, Filled, Lost, fill
from portal.workbooks.filling.refusals import Obstacle, Unfillable

__all__ = ["LEFT", "Block", "Filled", "Lost", "Obstacle", "Unfillable", "fill"]
