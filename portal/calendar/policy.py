"""Who may look at the calendar, and take their own elsewhere."""

from portal.kernel.permission import any_of, declare, signed_in

PERMISSIONS = declare({"calendar.read": any_of(signed_in), "calendar.own": any_of(signed_in)})
