"""Who may read dashboards."""

from portal.kernel.permission import any_of, declare, signed_in

PERMISSIONS = declare({"dashboard.read": any_of(signed_in)})
