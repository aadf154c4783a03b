"""Who may keep views: everybody signed in, their own."""

from typing import Any

from portal.kernel.permission import Actor, any_of, declare, signed_in


def is_its_owner(actor: Actor, obj: Any) -> bool:
    """Whose view it is; no object asks "one's own in general"."""
    return signed_in(actor, None) and (obj is None or obj.owner_id == actor.person_id)


PERMISSIONS = declare({"view.read": any_of(signed_in), "view.own": any_of(is_its_owner)})
