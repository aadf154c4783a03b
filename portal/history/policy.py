"""Who may read history."""

from portal.kernel.permission import any_of, declare, signed_in

PERMISSIONS = declare({"history.read": any_of(signed_in)})
