"""Who may read history, and who may undo a change."""

from portal.kernel.permission import any_of, declare, may_write, signed_in

PERMISSIONS = declare(
    {
        "history.read": any_of(signed_in),
        # In general; whoever undoes a change also needs the right to edit every record it touched, which the action asks for.
        "change.undo": any_of(may_write),
    }
)
