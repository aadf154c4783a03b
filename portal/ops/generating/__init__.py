"""A made-up portfolio for measuring and proving: as many projects as asked for, with all that usually hangs on them.

Rows are written in batches, not through the actions, which would take a tenth of a second for each project; statements,
citations, mirrored columns, veils and words are kept as the actions keep them, and `portal check` finds nothing wrong. The
same size and seed give the same portfolio, whatever the day: it speaks of `chance.DAY`.

Names are invented, of projects and bodies alone. The one thing about them that is real are the countries.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.kernel.errors import Refused
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.transaction import change
from portal.ops.generating import later
from portal.ops.generating.batches import Batch
from portal.ops.generating.surroundings import Surroundings

BATCH = 200


def generate(s: Session, size: int, seed: int, say: Callable[[str], None] = lambda _: None) -> None:
    """Add `size` made-up projects, about five flows of money to each, with a framework to 25 and an organisation to 5 of them.

    One change brings them, further ones (`later.CHANGES`) correct, re-date, rename, archive and withdraw some, so that past
    moments differ. Raises Refused when this seed has been used in this database.
    """
    if s.scalar(select(Record.id).where(Record.key.startswith(f"made-up-{seed}-")).limit(1)):
        raise Refused(f"the made-up portfolio of seed {seed} is in this database already")
    with change(s, None, "command", actor_name=SYSTEM.name, reason=f"made-up portfolio, seed {seed}"):
        around = Surroundings(s, size, seed)
        for start in range(0, size, BATCH):
            Batch(around, range(start, min(start + BATCH, size))).write()
            say(f"{min(start + BATCH, size)} of {size} projects")
    for reason, correct in later.CHANGES:
        with change(s, None, "command", actor_name=SYSTEM.name, reason=f"{reason} (made-up portfolio, seed {seed})"):
            correct(around)
        say(reason)
