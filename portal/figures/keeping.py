"""Keeps the summaries: what was touched is computed and folded into the sum of all, a batch at a time.

Each batch lets no change be written while it reads and writes, and is short. A mark is deleted by the batch that has
computed what it marks; one written meanwhile stays.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Engine, Select, delete, insert, select, union
from sqlalchemy.orm import Session

from portal.desk.models import Task
from portal.figures.affected import PLACES, excerpt, places_touched
from portal.figures.models import FigureMark, FigurePart, FigureSign
from portal.figures.parts import CERTAINTIES, EDITION, SECTIONS, WHOLES, Part, add, parts_of, read, written
from portal.figures.silence import signs_at
from portal.kernel import clock, transaction
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
    """One batch, in a writing transaction whose turn it is. Where nothing is kept, every place is marked first. Where a sign of
    life that lay ahead has come to pass, the place is as one that was touched."""
    last = s.scalar(select(FigureMark.id).order_by(FigureMark.id.desc()).limit(1)) or 0
    first = s.scalar(select(FigureMark.id).order_by(FigureMark.id).limit(1)) or 0
    if not _begun(s) or last - first > TOO_MANY:
        _begin(s)
    marks = s.execute(select(FigureMark).order_by(FigureMark.id).limit(BATCH)).scalars().all()
    come = s.scalars(_come_to_pass().limit(BATCH))
    places = sorted(places_touched(s, {mark.record_id for mark in marks}.union(come)))
    for start in range(0, len(places), TOGETHER):
        _keep(s, places[start : start + TOGETHER])
    ids = [mark.id for mark in marks]
    s.execute(delete(FigureMark).where(FigureMark.id.in_(ids)))


def _due(s: Session) -> bool:
    waits = (select(FigureMark.id), _come_to_pass())
    return not _begun(s) or any(s.scalar(asked.limit(1)) is not None for asked in waits)


def _come_to_pass() -> Select:
    """SELECT of the places where a sign of life lay ahead when it was kept, and does not any more."""
    return select(FigureSign.place_id).where(FigureSign.ahead <= clock.today())


def _begun(s: Session) -> bool:
    wholes = select(FigurePart.certainty, FigurePart.place_id).where(
        FigurePart.place_id <= 0, FigurePart.edition == EDITION
    )
    return {tuple(row) for row in s.execute(wholes)} == set(_wholes())


def _wholes() -> list[tuple[str, int]]:
    return [(certainty, WHOLES[section]) for certainty in CERTAINTIES for section in SECTIONS[certainty]]


def _begin(s: Session) -> None:
    """Keep nothing, and mark every place."""
    s.execute(delete(FigurePart))
    s.execute(delete(FigureSign))
    s.execute(delete(FigureMark))
    nothing = {"edition": EDITION, "part": written({})}
    s.execute(insert(FigurePart), [nothing | {"certainty": c, "place_id": place} for c, place in _wholes()])
    places = union(
        select(Record.id.label("id")).where(Record.kind.in_(PLACES)),
        select(Task.record_id).where(Task.record_id.is_not(None)),
    ).subquery()
    s.execute(insert(FigureMark).from_select(["record_id"], select(places.c.id).order_by(places.c.id)))


def _keep(s: Session, places: Collection[int]) -> None:
    """Compute the parts of some places, and fold what became of them into the sums of all; then their last signs of life."""
    only = excerpt(s, places)
    for certainty in CERTAINTIES:
        wholes = {section: WHOLES[section] for section in SECTIONS[certainty]}
        mine = (FigurePart.certainty == certainty, FigurePart.place_id.in_((*wholes.values(), *places)))
        had = {
            place: read(text) for place, text in s.execute(select(FigurePart.place_id, FigurePart.part).where(*mine))
        }
        sums: dict[str, Part] = {section: had.pop(place) for section, place in wholes.items()}
        now = parts_of(s, OPEN, certainty, only)
        for parts, sign in ((had, -1), (now, 1)):
            for part in parts.values():
                for key, value in part.items():
                    add(sums[key[0]], {key: value}, sign)
        s.execute(delete(FigurePart).where(*mine))
        s.execute(
            insert(FigurePart),
            [
                {"certainty": certainty, "place_id": place, "edition": EDITION, "part": written(part)}
                for place, part in ({wholes[section]: part for section, part in sums.items()} | now).items()
            ],
        )
    s.execute(delete(FigureSign).where(FigureSign.place_id.in_(places)))
    signs = s.execute(signs_at(OPEN, clock.today(), places)).all()
    if signs:
        names = ("place_id", "framework_id", "day", "ahead")
        s.execute(insert(FigureSign), [dict(zip(names, row, strict=True)) for row in signs])
