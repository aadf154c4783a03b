"""Who may read and write sources."""

from portal.kernel.permission import any_of, declare, may_write, signed_in

PERMISSIONS = declare(
    {
        "document.read": any_of(signed_in),
        "document.add": any_of(may_write),
        "document.edit": any_of(may_write),
        "fact.read": any_of(signed_in),
        # In general; whoever states a fact also needs the right to edit its record, which the action asks for.
        "fact.state": any_of(may_write),
    }
)
