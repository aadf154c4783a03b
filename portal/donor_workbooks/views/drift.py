"""What drifted between the mapped file and a newer one, and carrying the mapping over cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, request

from portal.donor_workbooks import actions, queries
from portal.donor_workbooks.actions.mapping import GONE, NEEDS_PLACE
from portal.donor_workbooks.forms import CarryForm
from portal.donor_workbooks.rules.drift import CARRIED, SAME, Carry, Cell, Drift, compare
from portal.donor_workbooks.rules.mapping import overlapping
from portal.donor_workbooks.views.blueprint import bp
from portal.donor_workbooks.views.files import found as found_file
from portal.donor_workbooks.wording import label_of
from portal.kernel.errors import InvalidInput, Refused
from portal.kernel.permission import need
from portal.web import page
from portal.web.access import needs
from portal.web.i18n import gettext, ngettext
from portal.workbooks.filling.looking import IN_THE_WAY
from portal.workbooks.reading.cells import Place

if TYPE_CHECKING:
    from portal.donor_workbooks.models import DonorCell, DonorFile


@bp.get("/donor-files/<int:donor_file_id>/carry")
@needs("donor_workbook.read")
def carry(donor_file_id: int) -> Response:
    """What drifted since the file before, and what became of each mapped cell."""
    return _page(found_file(donor_file_id), CarryForm(formdata=None))


@bp.post("/donor-files/<int:donor_file_id>/carry")
@needs("donor_workbook.edit")
def carry_over(donor_file_id: int) -> Response:
    """Map the cells that are ticked as they were mapped before."""
    s, who, one = page.session(), page.actor(), found_file(donor_file_id)
    need(who, "donor_workbook.edit", one.workbook)
    form, old = CarryForm(), queries.before(one)
    if old is None:
        return page.redirect_to("donor_workbooks.file", donor_file_id=one.id)
    _found, pairs = _compared(old, one)
    offered = {sign: choice for cell, carried in pairs for sign, choice in _choices(cell, carried, one)}
    ticked = _ticked(pairs, one)
    if form.validate_on_submit():
        try:
            if not ticked:
                raise Refused(NEEDS_PLACE)
            if any(sign not in offered for sign in ticked):
                raise Refused(GONE)
            with page.writing():
                made = actions.carry_cells(s, who, one, [offered[sign] for sign in ticked])
        except (InvalidInput, Refused) as error:
            form.refuse(error)
        else:
            page.flash(ngettext("%(num)s cell is mapped.", "%(num)s cells are mapped.", len(made)))
            return page.redirect_to("donor_workbooks.carry", donor_file_id=one.id)
    return _page(one, form)


def _page(one: DonorFile, form: CarryForm) -> Response:
    old = queries.before(one)
    if old is None:
        return page.redirect_to("donor_workbooks.file", donor_file_id=one.id)
    found, pairs = _compared(old, one)
    rows = [(cell, carried, [sign for sign, _c in _choices(cell, carried, one)]) for cell, carried in pairs]
    return page.render(
        "donor_workbooks/carry.html", file=one, old=old, form=form, drift=found, label_of=label_of, ticked=_ticked(pairs, one),
        same=[row for row in rows if row[1].state == SAME and row[2]],
        rows=[row for row in rows if row[1].state != SAME or not row[2]],
        carried_word=lambda state: gettext(CARRIED[state]),
        why_word=lambda why: gettext(IN_THE_WAY[why]) if why in IN_THE_WAY else "",
    )  # fmt: skip


def _compared(old: DonorFile, new: DonorFile) -> tuple[Drift, list[tuple[DonorCell, Carry]]]:
    s = page.session()
    cells = list(old.cells)
    mapped = [Cell(Place(c.sheet, c.row, c.column), c.last) for c in cells]
    found = compare(queries.look_of(s, old), queries.look_of(s, new), mapped)
    return found, list(zip(cells, found.carries, strict=True))


def _choices(cell: DonorCell, carried: Carry, new: DonorFile) -> list[tuple[str, tuple[DonorCell, Cell]]]:
    """What may be confirmed for a cell: its proposed place, else each of those that could be meant; none where a cell there is
    mapped already."""
    last = cell.last - cell.row if cell.last is not None else None
    places = (
        [carried.new] if carried.new
        else [Cell(one, one.row + last if last is not None else None) for one in carried.candidates if not carried.why]
    )  # fmt: skip
    taken = [(Place(c.sheet, c.row, c.column), c.last) for c in new.cells]
    return [
        (f"{cell.id}|{one.place.sheet}|{one.place.cell}|{one.last or ''}", (cell, one))
        for one in places
        if not overlapping(one.place, one.last, taken)
    ]


def _ticked(pairs: list[tuple[DonorCell, Carry]], new: DonorFile) -> list[str]:
    """The signs of what the person confirmed: one by one, from among several, or at once all that stand where they stood."""
    ticked = [sign for sign in request.form.getlist("c") if sign]
    if "same" in request.form:
        ticked += [sign for cell, one in pairs if one.state == SAME for sign, _c in _choices(cell, one, new)]
    return list(dict.fromkeys(ticked))
