"""The security log: who did what to whose rights, when. Written beside the act, in the same transaction."""

from __future__ import annotations

import json

from sqlalchemy.orm import Session

from portal.accounts.models import Person, SecurityEntry
from portal.kernel import clock
from portal.kernel.permission import Actor

WHAT = frozenset({
    "person_added", "person_edited", "person_disabled", "person_enabled", "password_set", "password_changed",
    "signed_in", "sign_in_failed", "sign_in_blocked", "signed_out", "reader_named", "reader_unnamed",
})  # fmt: skip


def write(s: Session, what: str, person: Person | None = None, actor: Actor | None = None, **detail: object) -> None:
    """Add an entry. `detail` is kept as JSON: {"role": ["viewer", "editor"]} for a change from viewer to editor."""
    if what not in WHAT:
        raise ValueError(f"unknown entry of the security log: {what}")
    s.add(
        SecurityEntry(
            at=clock.present(),
            what=what,
            person_id=person.id if person else None,
            login=person.login if person else None,
            actor_id=actor.person_id if actor else None,
            detail=json.dumps(detail, ensure_ascii=False, sort_keys=True) if detail else "",
        )
    )
