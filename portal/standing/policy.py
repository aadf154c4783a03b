"""Who may archive, withdraw and restore: whoever may edit the record; the action asks that of the record itself."""

from portal.kernel.permission import any_of, declare, may_write

PERMISSIONS = declare({"standing.set": any_of(may_write)})
