"""Who may read and write instruments, contracts, addenda and flows.

A flow is written by who may edit the record it is booked at, a contract by who may edit the record it is for.
"""

from portal.frameworks import policy as frameworks  # noqa: F401  declares framework.edit
from portal.kernel.permission import (
    Actor,
    all_of,
    any_of,
    declare,
    may_write,
    permits,
    signed_in,
    writes_everywhere,
    writes_in_its_framework,
)
from portal.projects import policy as projects  # noqa: F401  declares project.edit


def edits_where_it_stands(actor: Actor, obj: object) -> bool:
    """May edit the project or framework that a flow is booked at, that a contract is for, or that of an addendum."""
    if obj is None:
        return writes_in_its_framework(actor, None)
    place = obj.place()
    return place is not None and permits(actor, f"{place.kind}.edit", place)


def stands_nowhere(actor: Actor, obj: object) -> bool:
    """A contract of which it is not stated what it is for."""
    return obj is not None and obj.place() is None


_WRITTEN = any_of(writes_everywhere, edits_where_it_stands)

PERMISSIONS = declare(
    {
        "instrument.read": any_of(signed_in),
        "instrument.add": any_of(may_write),
        "instrument.edit": any_of(may_write),
        "contract.read": any_of(signed_in),
        "contract.add": any_of(writes_everywhere, edits_where_it_stands, all_of(may_write, stands_nowhere)),
        "contract.edit": any_of(writes_everywhere, edits_where_it_stands, all_of(may_write, stands_nowhere)),
        "addendum.read": any_of(signed_in),
        "addendum.add": any_of(writes_everywhere, edits_where_it_stands, all_of(may_write, stands_nowhere)),
        "addendum.edit": any_of(writes_everywhere, edits_where_it_stands, all_of(may_write, stands_nowhere)),
        "flow.read": any_of(signed_in),
        "flow.add": _WRITTEN,
        "flow.edit": _WRITTEN,
    }
)
