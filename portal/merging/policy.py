"""Who may compare two records (everybody who sees both), merge them and separate them (who may edit both)."""

from portal.kernel.permission import any_of, declare, may_write, signed_in

PERMISSIONS = declare({"record.compare": any_of(signed_in), "record.merge": any_of(may_write)})
