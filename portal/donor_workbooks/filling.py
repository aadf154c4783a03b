"""Filling a donor's file for a report: what would be written where is gathered first, then the file is made of that alone.

    sheet = gather(s, actor, report, file)     # every mapped cell with its value, or why there is none; what stands in the way
    done = make(s, file, sheet)                # the bytes; raises where something stands in the way

No clock and no chance is asked: the same data give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from portal.donor_workbooks import catalogue
from portal.donor_workbooks.catalogue import KNOWN, NOTHING, UNKNOWN, Asked, Found, money
from portal.donor_workbooks.catalogue.reading import in_words, read_ahead
from portal.donor_workbooks.gathered import Entry, Gathered, Rows
from portal.donor_workbooks.models import DonorCell, DonorFile
from portal.donor_workbooks.queries import before, is_let_go, look_of, serves_kind, serves_recipient, whole
from portal.donor_workbooks.refusals import (
    CIRCULAR,
    LOST,
    NEWER,
    NOTHING_MAPPED,
    OTHER_CURRENCY,
    OTHER_KIND,
    OTHER_PERIOD,
    OTHER_RECIPIENT,
    OVER,
    ROOM,
    WITHDRAWN,
    Stopped,
)  # fmt: skip
from portal.donor_workbooks.rules.labels import currencies, is_labelled
from portal.donor_workbooks.rules.limits import count
from portal.donor_workbooks.rules.mapping import BLOCKED, NOT_APPLICABLE, chosen, fits, hindrance
from portal.donor_workbooks.rules.ways import CARRY, CELL, FILL, MAPPING, PURPOSE, UPLOAD, WITHDRAWAL, Way
from portal.kernel import codes
from portal.kernel.errors import Refused
from portal.kernel.permission import Actor
from portal.kernel.record import Record
from portal.kernel.when import When
from portal.obligations.models import DueReport
from portal.workbooks.filling import LEFT, Block, Filled, Obstacle, Unfillable
from portal.workbooks.filling.looking import FORMULA, Look
from portal.workbooks.filling.remembering import fill_once
from portal.workbooks.filling.values import Day, Value
from portal.workbooks.reading.cells import Place


def gather(s: Session, actor: Actor, report: DueReport, file: DonorFile) -> Gathered:
    """What would be written into a file for a report, as far as the actor may see it."""
    look = look_of(s, file)
    found = Gathered(look, file.id, unmapped=unmapped(look, file.cells))
    found.unfit += _unfit(report, file)
    asked: dict[str, Asked] = {one: Asked(s, actor, report, one) for one in ("cs", "en")}
    blocks: dict[tuple[str, str, int, int | None], list[DonorCell]] = {}
    for cell in file.cells:
        offer = catalogue.offer_of(cell.key)
        if offer is None:
            continue
        if offer.rows:
            blocks.setdefault((offer.rows, cell.sheet, cell.row, cell.last), []).append(cell)
        else:
            found.entries.append(_entry(cell, cell.row, catalogue.answer(asked[cell.language], offer)))
    found.rows = [_rows(asked, key[0], cells) for key, cells in blocks.items()]
    found.left, found.let_go = _left(file), list(file.let_go)
    found.hindrances += _in_the_way(look, found, file.cells)
    found.hindrances += [Stopped(text, way) for text, way in money.stops(asked["en"], [one.key for one in file.cells])]
    return found


def make(s: Session, file: DonorFile, gathered: Gathered, using: Callable[..., Filled] = fill_once) -> Filled:
    """The file of what was gathered for it. Refused where something stands in the way (another period, withdrawn, nothing
    mapped, a text over its limit, too many rows, a cell that cannot be written, formulas in a circle), Unfillable. Nothing is
    written then. Who may fill is asked by `register.making.recipients`."""
    if gathered.obstacles:
        first = gathered.obstacles[0]
        raise Refused(first.message, **first.params)
    return filled(s, file, gathered, using)


def filled(s: Session, file: DonorFile, gathered: Gathered, using: Callable[..., Filled] = fill_once) -> Filled:
    """The same, whatever stands in the way of it otherwise. Refused and Unfillable."""
    done = using(whole(s, file), *instructions(gathered))
    if circles := [str(one.place) for one in done.lost if one.reason == "circular"]:
        raise Refused(CIRCULAR, places="; ".join(circles))
    return done


def instructions(gathered: Gathered) -> tuple[dict[Place, Value | Day], list[Block]]:
    """What filling is told: single cells that get a value, and stretches of rows. A cell of which nothing is known is left."""
    values = {one.place: _told(one) for one in gathered.entries if one.written is not None}
    blocks = [
        Block(
            rows.first.sheet, rows.first.row, rows.first.last or rows.first.row, [one.column for one in rows.cells],
            [[LEFT if one.written is None else _told(one) for one in line] for line in rows.lines],
        )
        for rows in gathered.rows
        if rows.lines
    ]  # fmt: skip
    for rows in gathered.rows:
        if not rows.lines:
            values |= {place: words for _cell, place, words in rows.otherwise}
    return values, blocks


def _told(one: Entry) -> Value | Day:
    """What is written; a day with its words in the language of the cell, as the portal writes it."""
    value = one.written
    if not isinstance(value, date):
        return value
    return Day(value, in_words(When(value.isoformat()), one.cell.language))


def unmapped(look: Look, cells: Sequence[DonorCell]) -> list[Place]:
    """Cells for which the file asks (it lets people write only there, or says what they take; an empty one right of a label on a
    sheet that is not protected) and that nobody mapped."""
    mapped = {(c.sheet.casefold(), row, c.column) for c in cells for row in range(c.row, (c.last or c.row) + 1)}
    return [
        Place(sheet.name, seen.row, seen.column)
        for sheet in look.sheets
        if not sheet.hidden
        for seen in sheet.cells.values()
        if (seen.asked or is_labelled(sheet, seen)) and seen.kind != FORMULA
        and (sheet.name.casefold(), seen.row, seen.column) not in mapped
        and sheet.hindrance(seen.row, seen.column) is None
    ]  # fmt: skip


def _unfit(report: DueReport, file: DonorFile) -> list[Stopped]:
    first, last, found = report.period_from, report.period_to, []
    of = file.workbook_id
    if file.workbook.withdrawn:
        found.append(Stopped(WITHDRAWN, Way(WITHDRAWAL, of)))
    if not serves_kind(file.workbook, report):
        found.append(Stopped(OTHER_KIND, Way(PURPOSE, of, "kinds")))
    if not serves_recipient(file.workbook, report):
        found.append(Stopped(OTHER_RECIPIENT, Way(PURPOSE, of, "recipient")))
    fitting = chosen(file.workbook.files, first, last)
    if not fits(file, first, last):
        found.append(Stopped(OTHER_PERIOD, Way(FILL, fitting.id) if fitting else Way(UPLOAD, of)))
    elif fitting is not None and fitting.number > file.number:
        found.append(Stopped(NEWER, Way(FILL, fitting.id)))
    if not file.cells:
        found.append(Stopped(NOTHING_MAPPED, Way(MAPPING, file.id, "proposed")))
    return found


def _entry(cell: DonorCell, row: int, found: Found, line: str = "") -> Entry:
    place = Place(cell.sheet, row, cell.column)
    named = {one for one in currencies(cell.label) if codes.is_code("currencies", one)} if found.currency else set()
    if named and found.currency not in named:
        found = replace(found, state=UNKNOWN, value=None, why=OTHER_CURRENCY)
    if found.state == NOTHING and cell.otherwise == "say":
        return Entry(cell, place, found, NOT_APPLICABLE[cell.language], line=line)
    if found.state != KNOWN:
        return Entry(cell, place, found, line=line)
    length = count(found.value, cell.counting) if isinstance(found.value, str) else None
    return Entry(cell, place, found, found.value, length, line)


def _rows(asked: dict[str, Asked], name: str, cells: Sequence[DonorCell]) -> Rows:
    told = catalogue.sources()[name]
    first = asked[cells[0].language]
    found = first.once(("lines", name), lambda: catalogue.lines_of(first, told))
    lines = found.of
    if lines is None:
        return Rows(told, tuple(cells), None)
    for one in asked.values():
        read_ahead(one, [line for line in lines if isinstance(line, Record)])
    entries = tuple(
        tuple(_entry(cell, cell.row + n, _answer(asked, cell, line, found), told.name(line)) for cell in cells)
        for n, line in enumerate(lines)
    )
    return Rows(told, tuple(cells), entries)


def _answer(asked: dict[str, Asked], cell: DonorCell, line: Any, lines: catalogue.Lines) -> Found:
    offer = catalogue.offers()[cell.key]  # rows have no numbers of their own
    return catalogue.answer(asked[cell.language], offer, line, lines.within)


def _left(file: DonorFile) -> list[DonorCell]:
    held, keys = before(file), {one.key for one in file.cells}
    if held is None or not keys:
        return []
    return [one for one in held.cells if one.key not in keys and not is_let_go(file, one)]


def _in_the_way(look: Look, gathered: Gathered, cells: Sequence[DonorCell]) -> list[Stopped]:
    found: list[Stopped] = []
    for cell in gathered.left:
        gone = hindrance(look, place := Place(cell.sheet, cell.row, cell.column), cell.last)
        if gone is not None:
            words = LOST.get(gone[0], LOST["other"])
            way = Way(CARRY, gathered.file_id, str(cell.id))
            found.append(Stopped(words, way, label=cell.label or cell.key, place=str(place)))
    for cell in cells:
        blocked = hindrance(look, Place(cell.sheet, cell.row, cell.column), cell.last)
        if blocked is not None:
            found.append(Stopped(BLOCKED[blocked[0]], Way(CELL, cell.id, "cell"), place=str(blocked[1])))
    for rows in gathered.rows:
        if rows.overflow:
            place = Place(rows.first.sheet, rows.first.row, rows.first.column)
            way = Way(CELL, rows.first.id, "last")
            found.append(Stopped(ROOM, way, place=str(place), room=rows.room, count=len(rows.lines or ())))
    for one in gathered.all:
        if one.over:
            way = one.found.way or Way(CELL, one.cell.id, "text_limit")
            found.append(Stopped(OVER, way, place=str(one.place), count=one.length, limit=one.cell.text_limit))
    return found


def problems_of(error: Unfillable | Refused, file: DonorFile | None = None) -> list[Stopped]:
    """The obstacles of a filling, to be shown. Of a `file` that may still be mended each leads to the mapped cell it is about,
    else to the mapping; circles to uploading a file without them."""
    if isinstance(error, Refused):
        way = Way(UPLOAD, file.workbook_id) if file is not None and error.message == CIRCULAR else None
        return [Stopped(error.message, way, **error.params)]
    return [_stopped(one, file) for one in error.obstacles]


def _stopped(one: Obstacle, file: DonorFile | None) -> Stopped:
    if file is None:
        return Stopped(one.error.message, None, **one.error.params)
    cells = [c for c in file.cells if one.place is not None and _holds(c, one.place)]
    way = Way(CELL, cells[0].id, "cell") if cells else Way(MAPPING, file.id, "mapped")
    return Stopped(one.error.message, way, **one.error.params)


def _holds(cell: DonorCell, place: Place) -> bool:
    at = (cell.sheet.casefold(), cell.column) == (place.sheet.casefold(), place.column)
    return at and cell.row <= place.row <= (cell.last or cell.row)
