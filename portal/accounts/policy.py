"""Who may manage people, their own account, and who is named for a confidential record."""

from portal.kernel.permission import (
    any_of,
    declare,
    is_administrator,
    signed_in,
    writes_everywhere,
    writes_in_its_framework,
)

PERMISSIONS = declare(
    {
        "people.manage": any_of(is_administrator),
        "account.own": any_of(signed_in),
        "reader.name": any_of(writes_everywhere, writes_in_its_framework),
    }
)
