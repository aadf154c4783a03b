"""Keeps the summaries: what was touched is computed and folded into the sum of all, a batch at a time.

Each batch lets no change be written while it reads and writes, and is short. A mark is deleted by the batch that has
computed what it marks; one written meanwhile stays.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.orm import Session

from portal.figures.affected import PLACES, excerpt, places_touched
from portal.figures.models import WHOLE, FigureMark, FigurePart
from portal.figures.parts import CERTAINTIES, EDITION, Part, add, parts_of, read, written
from portal.kernel import transaction
from portal.kernel.permission import Actor
from portal.kernel.record import Record

OPEN = Actor(person_id=None, name="everybody", role="viewer")
"""Asks for what is open to everybody signed in."""
BATCH, TOGETHER = 1000, 500
"""Marks of one batch; places that are computed together."""
TOO_MANY = 200_000
"""Marks above which everything is made anew: each place then once."""


def keep(engine: Engine) -> int:
    """Fold in everything that was touched. How many batches that took."""
    done = 0
    while True:
        with Session(engine) as s:
            if not _due(s):
                return done
        with transaction.unit(engine) as s:
            transaction.take_turn(s)
            fold(s)
        done += 1


def fold(s: Session) -> None:
    """One batch, in a writing transaction whose turn it is. Where nothing is kept, every place is marked first."""
    last = s.scalar(select(FigureMark.id).order_by(FigureMark.id.desc()).limit(1)) or 0
    first = s.scalar(select(FigureMark.id).order_by(FigureMark.id).limit(1)) or 0
    if not _begun(s) or last - first > TOO_MANY:
        _begin(s)
    marks = s.execute(select(FigureMark).order_by(FigureMark.id).limit(BATCH)).scalars().all()
    places = sorted(places_touched(s, {mark.record_id for mark in marks}))
    for start in range(0, len(places), TOGETHER):
        _keep(s, places[start : start + TOGETHER])
    ids = [mark.id for mark in marks]
    s.execute(delete(FigureMark).where(FigureMark.id.in_(ids)))


def _due(s: Session) -> bool:
    return not _begun(s) or s.scalar(select(FigureMark.id).limit(1)) is not None


def _begun(s: Session) -> bool:
    wholes = select(FigurePart.certainty).where(FigurePart.place_id == WHOLE, FigurePart.edition == EDITION)
    return set(s.scalars(wholes)) == set(CERTAINTIES)


def _begin(s: Session) -> None:
    """Keep nothing, and mark every place."""
    s.execute(delete(FigurePart))
    s.execute(delete(FigureMark))
    nothing = {"place_id": WHOLE, "edition": EDITION, "part": written({})}
    s.execute(insert(FigurePart), [nothing | {"certainty": certainty} for certainty in CERTAINTIES])
    places = select(Record.id).where(Record.kind.in_(PLACES)).order_by(Record.id)
    s.execute(insert(FigureMark).from_select(["record_id"], places))


def _keep(s: Session, places: Collection[int]) -> None:
    """Compute the parts of some places, and fold what became of them into the sum of all."""
    only = excerpt(s, places)
    for certainty in CERTAINTIES:
        mine = (FigurePart.certainty == certainty, FigurePart.place_id.in_((WHOLE, *places)))
        had = {
            place: read(text) for place, text in s.execute(select(FigurePart.place_id, FigurePart.part).where(*mine))
        }
        whole: Part = had.pop(WHOLE)
        now = parts_of(s, OPEN, certainty, only)
        for part in had.values():
            add(whole, part, -1)
        for part in now.values():
            add(whole, part)
        s.execute(delete(FigurePart).where(*mine))
        s.execute(
            insert(FigurePart),
            [
                {"certainty": certainty, "place_id": place, "edition": EDITION, "part": written(part)}
                for place, part in ({WHOLE: whole} | now).items()
            ],
        )
