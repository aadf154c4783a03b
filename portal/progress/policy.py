"""Who may report status, and who may approve a report."""

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


def is_not_its_author(actor: Actor, obj: Any) -> bool:
    """Somebody else wrote the report; no object asks "in general"."""
    return obj is None or obj.author_id is None or obj.author_id != actor.person_id


PERMISSIONS = declare(
    {
        "status_update.read": any_of(signed_in),
        "status_update.add": any_of(writes_everywhere, writes_in_its_framework),
        "status_update.edit": any_of(writes_everywhere, writes_in_its_framework),
        "status_update.approve": any_of(all_of(writes_everywhere, is_not_its_author)),
    }
)
