"""Who may read rates, and who may load them."""

from portal.kernel.permission import any_of, declare, may_report, signed_in

PERMISSIONS = declare({"rate.read": any_of(signed_in), "rate.load": any_of(may_report)})
