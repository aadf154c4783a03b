"""Who may take reports. Sending them and the register of what was sent come later."""

from portal.kernel.permission import any_of, declare, signed_in

PERMISSIONS = declare({"report.overview": any_of(signed_in), "report.brief": any_of(signed_in)})
