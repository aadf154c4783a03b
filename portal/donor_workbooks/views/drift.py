"""What drifted between the mapped file and a newer one; carrying the mapping over cell by cell, and letting go of the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Response, request

from portal.donor_workbooks import actions, queries
from portal.donor_workbooks.actions.mapping import GONE, NEEDS_PLACE
from portal.donor_workbooks.forms import CarryForm
from portal.donor_workbooks.rules.drift import CARRIED, MOVED, SAME, Carry, Cell, Drift, compare
from portal.donor_workbooks.rules.mapping import overlapping
from portal.donor_workbooks.views.blueprint import bp
from portal.donor_workbooks.views.files import found as found_file
from portal.donor_workbooks.wording import label_of
from portal.kernel.errors import InvalidInput, Refused
from portal.kernel.permission import need
from portal.web import page
from portal.web.access import needs
from portal.web.i18n import _, gettext, ngettext
from portal.workbooks.filling.looking import IN_THE_WAY
from portal.workbooks.reading.cells import Place

if TYPE_CHECKING:
    from portal.donor_workbooks.models import DonorCell, DonorFile, DonorLetGo


@dataclass(frozen=True)
class Row:
    """A cell of the file before, and what became of it. `offered`: sign → the place in this file that may be confirmed for it.
    `let_go`: it is said already that this file does not ask for it; `mapped`: its value has a cell of this file."""

    cell: DonorCell
    carry: Carry
    offered: dict[str, Cell]
    let_go: DonorLetGo | None
    mapped: bool

    @property
    def gone(self) -> str:
        """The sign that this file does not ask for it any more."""
        return f"{self.cell.id}|gone"

    @property
    def by_hand(self) -> str:
        """The sign that a person will map it by hand."""
        return f"{self.cell.id}|hand"

    @property
    def same(self) -> bool:
        return self.carry.state == SAME and bool(self.offered) and self.let_go is None

    @property
    def moved(self) -> bool:
        """Whether it only stands elsewhere, under the same labels, and may be confirmed there."""
        return self.carry.state == MOVED and self.carry.new is not None and bool(self.offered) and self.let_go is None

    @property
    def left(self) -> bool:
        """Whether it is neither mapped nor let go yet."""
        return bool(self.offered if self.carry.new else not self.mapped) and self.let_go is None

    @property
    def open(self) -> bool:
        """Whether nothing may be confirmed before it is said what becomes of it: it has no place of its own in this file."""
        return self.carry.new is None and self.let_go is None and not self.mapped


@bp.get("/donor-files/<int:donor_file_id>/carry")
@needs("donor_workbook.read")
def carry(donor_file_id: int) -> Response:
    """What drifted since the file before, and what became of each mapped cell."""
    return _page(found_file(donor_file_id), CarryForm(formdata=None))


@bp.post("/donor-files/<int:donor_file_id>/carry")
@needs("donor_workbook.edit")
def carry_over(donor_file_id: int) -> Response:
    """Map the cells that are ticked as they were mapped before, and let go what this file does not ask for any more; with the
    button `back` ask for one of them again, with `tick` only have all ticked that moved."""
    one = found_file(donor_file_id)
    need(page.actor(), "donor_workbook.edit", one.workbook)
    form, old = CarryForm(), queries.before(one)
    if old is None:
        return page.redirect_to("donor_workbooks.file", donor_file_id=one.id)
    if form.validate_on_submit():
        try:
            if "back" in request.form:
                return _ask_again(one)
            if "tick" in request.form:
                return _page(one, form, 200)
            rows = _compared(old, one)[1]
            if not _told(form, rows, ticked := _ticked(rows)):
                return _page(one, form)
            with page.writing():
                made, let_go = _carry(one, rows, ticked)
        except (InvalidInput, Refused) as error:
            form.refuse(error)
        else:
            if made:
                page.flash(ngettext("%(num)s cell is mapped.", "%(num)s cells are mapped.", made))
            if let_go:
                page.flash(ngettext("%(num)s value is let go.", "%(num)s values are let go.", let_go))
            by_hand = [label_of(row.cell.key) for row in rows if row.by_hand in ticked]
            if by_hand:
                page.flash(_("Map by hand now: %(names)s.", names="; ".join(by_hand)), "note")
            if any(row.left for row in _compared(old, one)[1]):
                return page.redirect_to("donor_workbooks.carry", donor_file_id=one.id, _anchor="cells")
            return page.redirect_to("donor_workbooks.file", donor_file_id=one.id)
    return _page(one, form)


def _told(form: CarryForm, rows: list[Row], ticked: list[str]) -> bool:
    """Whether it is said of every cell that has no place what becomes of it, and of none two things; else it is told where.
    Refused where what is ticked is not on offer any more."""
    known = {sign for row in rows for sign in (*row.offered, row.by_hand, *(() if row.let_go else (row.gone,)))}
    if not known.issuperset(ticked):
        raise Refused(GONE)
    for row in rows:
        mine = [sign for sign in (*row.offered, row.gone, row.by_hand) if sign in ticked]
        if len(mine) > 1:
            form.ask(row.cell.id, label_of(row.cell.key), _("Either map it, or say that the file does not ask for it."))
        elif not mine and row.open:
            form.ask(
                row.cell.id, f"{label_of(row.cell.key)} ({row.carry.old.place})",
                _("It has no place in this file. Choose a cell, map it by hand, or say that the file does not ask for it."),
            )  # fmt: skip
    return not form.asked


def _carry(one: DonorFile, rows: list[Row], ticked: list[str]) -> tuple[int, int]:
    """How many cells are mapped and how many values let go. Refused where nothing is ticked."""
    offered = {sign: (row.cell, place) for row in rows for sign, place in row.offered.items()}
    gone = {row.gone: row.cell for row in rows if row.let_go is None}
    if not ticked:
        raise Refused(NEEDS_PLACE)
    chosen = [offered[sign] for sign in ticked if sign in offered]
    let_go = [gone[sign] for sign in ticked if sign in gone]
    return len(actions.carry_cells(page.session(), page.actor(), one, chosen, let_go)), len(let_go)


def _ask_again(one: DonorFile) -> Response:
    """Take back that the file does not ask for a value."""
    held = next((other for other in one.let_go if str(other.id) == request.form["back"]), None)
    if held is None:
        raise Refused(GONE)
    with page.writing():
        actions.ask_again(page.session(), page.actor(), held)
    page.flash(_("It is asked for again. Say where it is now."))
    return page.redirect_to("donor_workbooks.carry", donor_file_id=one.id, _anchor="cells")


def _page(one: DonorFile, form: CarryForm, status: int | None = None) -> Response:
    old = queries.before(one)
    if old is None:
        return page.redirect_to("donor_workbooks.file", donor_file_id=one.id)
    found, rows = _compared(old, one)
    return page.render(
        "donor_workbooks/carry.html", status, file=one, old=old, form=form, drift=found, label_of=label_of, ticked=_ticked(rows),
        same=[row for row in rows if row.same],
        rows=sorted((row for row in rows if not row.same), key=lambda row: not row.left),
        carried_word=lambda state: gettext(CARRIED[state]),
        why_word=lambda why: gettext(IN_THE_WAY[why]) if why in IN_THE_WAY else "",
    )  # fmt: skip


def _compared(old: DonorFile, new: DonorFile) -> tuple[Drift, list[Row]]:
    s = page.session()
    cells = list(old.cells)
    mapped = [Cell(Place(c.sheet, c.row, c.column), c.last) for c in cells]
    found = compare(queries.look_of(s, old), queries.look_of(s, new), mapped)
    let_go, keys = (
        {(one.sheet, one.row, one.column, one.key): one for one in new.let_go},
        {one.key for one in new.cells},
    )
    return found, [
        Row(
            cell, carried, _offered(cell, carried, new), let_go.get((cell.sheet, cell.row, cell.column, cell.key)),
            cell.key in keys,
        )
        for cell, carried in zip(cells, found.carries, strict=True)
    ]  # fmt: skip


def _offered(cell: DonorCell, carried: Carry, new: DonorFile) -> dict[str, Cell]:
    """What may be confirmed for a cell: its proposed place, else each of those that could be meant; none where a cell there is
    mapped already."""
    last = cell.last - cell.row if cell.last is not None else None
    places = (
        [carried.new] if carried.new
        else [Cell(one, one.row + last if last is not None else None) for one in carried.candidates if not carried.why]
    )  # fmt: skip
    taken = [(Place(c.sheet, c.row, c.column), c.last) for c in new.cells]
    return {
        f"{cell.id}|{one.place.sheet}|{one.place.cell}|{one.last or ''}": one
        for one in places
        if not overlapping(one.place, one.last, taken)
    }


def _ticked(rows: list[Row]) -> list[str]:
    """The signs of what the person said: one by one, from among several, or at once all that stand where they stood."""
    ticked = [sign for sign in request.form.getlist("c") if sign]
    if "same" in request.form:
        ticked += [sign for row in rows if row.same for sign in row.offered]
    if "tick" in request.form:
        moved = [sign for row in rows if row.moved for sign in row.offered]
        ticked = [sign for sign in ticked if sign not in moved] if set(moved) <= {*ticked} else [*ticked, *moved]
    return list(dict.fromkeys(ticked))
