"""Who may read and write frameworks."""

from portal.kernel.permission import any_of, declare, signed_in, writes_everywhere, writes_in_its_framework

PERMISSIONS = declare(
    {
        "framework.read": any_of(signed_in),
        "framework.add": any_of(writes_everywhere, writes_in_its_framework),
        "framework.edit": any_of(writes_everywhere, writes_in_its_framework),
        "framework.ask_approval": any_of(writes_everywhere),
        "phase.read": any_of(signed_in),
        "phase.add": any_of(writes_everywhere, writes_in_its_framework),
        "phase.edit": any_of(writes_everywhere, writes_in_its_framework),
    }
)
