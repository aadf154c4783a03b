"""Who may report status."""

from portal.kernel.permission import any_of, declare, signed_in, writes_everywhere, writes_in_its_framework

PERMISSIONS = declare(
    {
        "status_update.read": any_of(signed_in),
        "status_update.add": any_of(writes_everywhere, writes_in_its_framework),
        "status_update.edit": any_of(writes_everywhere, writes_in_its_framework),
    }
)
