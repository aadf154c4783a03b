"""Everything a person does with budgets and expenditure."""

from portal.budgets.actions.budgets import agree_budget, draw_up_budget, edit_budget, is_replaced, reopen_budget
from portal.budgets.actions.lines import edit_line, take_line_away, write_line
from portal.budgets.actions.spending import claim, correct_claim, say_of_line, take_claim_away

__all__ = [
    "agree_budget", "claim", "correct_claim", "draw_up_budget", "edit_budget", "edit_line", "is_replaced", "reopen_budget",
    "say_of_line", "take_claim_away", "take_line_away", "write_line",
]  # fmt: skip
