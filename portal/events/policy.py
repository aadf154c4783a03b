"""Who may read and write events and follow-ups."""

from portal.kernel.permission import any_of, declare, signed_in, writes_everywhere, writes_in_its_framework

PERMISSIONS = declare(
    {
        "event.read": any_of(signed_in),
        "event.add": any_of(writes_everywhere, writes_in_its_framework),
        "event.edit": any_of(writes_everywhere, writes_in_its_framework),
        "follow_up.read": any_of(signed_in),
        "follow_up.add": any_of(writes_everywhere, writes_in_its_framework),
        "follow_up.edit": any_of(writes_everywhere, writes_in_its_framework),
    }
)
