"""Who may read and write results: whoever writes in the frameworks of the project or framework they belong to."""

from portal.kernel.permission import any_of, declare, signed_in, writes_everywhere, writes_in_its_framework

_WRITERS = any_of(writes_everywhere, writes_in_its_framework)
PERMISSIONS = declare(
    {
        "milestone.read": any_of(signed_in),
        "milestone.add": _WRITERS,
        "milestone.edit": _WRITERS,
        "activity.read": any_of(signed_in),
        "activity.add": _WRITERS,
        "activity.edit": _WRITERS,
        "indicator.read": any_of(signed_in),
        "indicator.add": _WRITERS,
        "indicator.edit": _WRITERS,
        "indicator_value.read": any_of(signed_in),
        "indicator_value.add": _WRITERS,
        "indicator_value.edit": _WRITERS,
        "risk.read": any_of(signed_in),
        "risk.add": _WRITERS,
        "risk.edit": _WRITERS,
    }
)
