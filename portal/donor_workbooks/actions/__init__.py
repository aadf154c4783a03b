"""Everything a person does with donors' workbooks: keep one, add next year's file, map its cells, carry a mapping over."""

from portal.donor_workbooks.actions.carrying import ask_again, carry_cells
from portal.donor_workbooks.actions.files import add_file, edit_file
from portal.donor_workbooks.actions.mapping import edit_cell, map_cells, unmap_cell
from portal.donor_workbooks.actions.workbooks import add_workbook, edit_workbook, withdraw_workbook

__all__ = [
    "add_file", "add_workbook", "ask_again", "carry_cells", "edit_cell", "edit_file", "edit_workbook", "map_cells",
    "unmap_cell", "withdraw_workbook",
]  # fmt: skip
