"""Everything a person does with reporting: lay down an obligation, change it, move a report on; reminding of it."""

from portal.obligations.actions.moving import edit_report, move_report
from portal.obligations.actions.obligations import edit_obligation, lay_down_obligation
from portal.obligations.actions.reminding import remind
from portal.obligations.actions.withdrawing import withdraw_planned

__all__ = ["edit_obligation", "edit_report", "lay_down_obligation", "move_report", "remind", "withdraw_planned"]
