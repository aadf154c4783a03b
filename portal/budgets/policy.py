"""Who may write budgets: whoever writes the contract. Expenditure is written by whoever may move its report on."""

from portal.funding.policy import edits_where_it_stands, stands_nowhere
from portal.kernel.permission import all_of, any_of, declare, may_write, signed_in, writes_everywhere

_WRITTEN = any_of(writes_everywhere, edits_where_it_stands, all_of(may_write, stands_nowhere))
PERMISSIONS = declare(
    {
        "budget.read": any_of(signed_in),
        "budget.add": _WRITTEN,
        "budget.edit": _WRITTEN,
    }
)
