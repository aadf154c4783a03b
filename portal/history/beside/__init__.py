"""What changes touch beside records: workbooks of recipients, exchange rates.

They are tables of their own, without a record whose history could tell of them. A feature above this one adds its own: a reader
here, and the words of what it reads to `beside_wording.lines`.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from portal.history.beside import donors, rates
from portal.history.beside.found import Found, Reader
from portal.kernel.permission import Actor

READERS: list[Reader] = [donors.read, rates.read]


def read(s: Session, actor: Actor, change_ids: Collection[int], until: int | None = None) -> dict[int, Found]:
    """By change: what it did beside records, as far as the actor may be told of it; names as of change `until`. The number of
    queries does not grow with the changes."""
    found: dict[int, Found] = {}
    for reader in READERS if change_ids else ():
        for change_id, part in reader(s, actor, change_ids, until).items():
            to = found.setdefault(change_id, Found())
            to.things += part.things
            to.hidden |= part.hidden
    return found
