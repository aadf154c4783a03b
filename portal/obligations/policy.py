"""Who may lay down obligations and move reports on: whoever writes where they stand. Nobody checks what they prepared."""

from __future__ import annotations

from typing import Any

from portal.kernel.permission import (
    Actor,
    all_of,
    any_of,
    declare,
    signed_in,
    writes_everywhere,
    writes_in_its_framework,
)


def did_not_prepare_it(actor: Actor, obj: Any) -> bool:
    """Somebody else prepared the report; no object asks "in general"."""
    return obj is None or obj.prepared_by_id is None or obj.prepared_by_id != actor.person_id


_WRITERS = any_of(writes_everywhere, writes_in_its_framework)
PERMISSIONS = declare(
    {
        "obligation.read": any_of(signed_in),
        "obligation.add": _WRITERS,
        "obligation.edit": _WRITERS,
        "due_report.read": any_of(signed_in),
        "due_report.add": _WRITERS,
        "due_report.edit": _WRITERS,
        "due_report.check": any_of(
            all_of(writes_everywhere, did_not_prepare_it), all_of(writes_in_its_framework, did_not_prepare_it)
        ),
    }
)
