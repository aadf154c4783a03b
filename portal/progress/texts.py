"""What of a status update is searched: what happened and what comes next, in the list of updates."""

from __future__ import annotations

from collections.abc import Iterable

from portal.kernel.settling import searchable
from portal.kernel.words import BODY
from portal.progress.models import StatusUpdate


def _status_update(s, updates: Iterable[StatusUpdate]):
    for u in updates:
        yield u.id, u.id, u.happened, u.lang or "cs", BODY
        yield u.id, u.id, u.next_steps, u.lang or "cs", BODY


searchable("status_update", _status_update)
