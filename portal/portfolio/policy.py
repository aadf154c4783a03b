"""Who may see the pages that join features."""

from portal.kernel.permission import any_of, declare, signed_in

PERMISSIONS = declare({"portfolio.read": any_of(signed_in)})
