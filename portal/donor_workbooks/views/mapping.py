"""The mapping of a file: what is mapped, what the finder proposes, every cell of its sheets, mapping one by hand."""

from __future__ import annotations

from flask import Response, request, url_for

from portal.donor_workbooks import actions, catalogue, queries
from portal.donor_workbooks.actions.mapping import GONE, NEEDS_PLACE
from portal.donor_workbooks.filling import unmapped
from portal.donor_workbooks.forms import CellForm, ConfirmForm
from portal.donor_workbooks.rules.finding import Proposal, Sought, find
from portal.donor_workbooks.rules.limits import COUNTINGS, limit_in
from portal.donor_workbooks.views.blueprint import bp
from portal.donor_workbooks.views.files import found as found_file
from portal.donor_workbooks.wording import label_of
from portal.kernel.errors import InvalidInput, NotFound, Refused
from portal.kernel.permission import need
from portal.web import page
from portal.web.access import needs
from portal.web.i18n import _, gettext, ngettext
from portal.workbooks.filling.looking import IN_THE_WAY, Look, SheetLook
from portal.workbooks.reading.cells import Place

AT_ONCE = 150
"""Cells of a sheet shown at once."""


@bp.get("/donor-files/<int:donor_file_id>")
@needs("donor_workbook.read")
def file(donor_file_id: int) -> Response:
    """The mapping, what is proposed, and the cells of one sheet (`?sheet=<number>&from=<number>`)."""
    return _page(found_file(donor_file_id), ConfirmForm(formdata=None), [])


@bp.post("/donor-files/<int:donor_file_id>")
@needs("donor_workbook.edit")
def confirm(donor_file_id: int) -> Response:
    """Map the proposals that are ticked."""
    s, who, one, form = page.session(), page.actor(), found_file(donor_file_id), ConfirmForm()
    need(who, "donor_workbook.edit", one.workbook)
    ticked = request.form.getlist("p")
    offered = _offered(queries.look_of(s, one), one)
    if form.validate_on_submit():
        try:
            if not ticked:
                raise Refused(NEEDS_PLACE)
            if any(sign not in offered for sign in ticked):
                raise Refused(GONE)
            with page.writing():
                made = actions.map_cells(s, who, one, [_values(offered[sign], form.language.data) for sign in ticked])
        except (InvalidInput, Refused) as error:
            form.refuse(error)
        else:
            page.flash(ngettext("%(num)s cell is mapped.", "%(num)s cells are mapped.", len(made)))
            return page.redirect_to("donor_workbooks.file", donor_file_id=one.id)
    return _page(one, form, ticked)


def _page(one, form: ConfirmForm, ticked: list[str]) -> Response:
    look = queries.look_of(page.session(), one)
    return page.render(
        "donor_workbooks/file.html", file=one, form=form, look=look, proposals=_offered(look, one), ticked=ticked,
        label_of=label_of,
        limit_in=limit_in, before=queries.before(one), counting_word=lambda counting: gettext(COUNTINGS[counting]),
        place=lambda c: Place(c.sheet, c.row, c.column), **_shown(look, one),
    )  # fmt: skip


@bp.route("/donor-files/<int:donor_file_id>/cells/add", methods=["GET", "POST"])
@needs("donor_workbook.edit")
def map_cell(donor_file_id: int) -> Response:
    """`?sheet=…&cell=…` name the cell."""
    s, who, one = page.session(), page.actor(), found_file(donor_file_id)
    need(who, "donor_workbook.edit", one.workbook)
    look = queries.look_of(s, one)
    given = {"sheet": request.args.get("sheet"), "cell": request.args.get("cell", "")[:10], "language": "en"}
    form = CellForm(data={**given, "counting": "excel", "otherwise": "leave"})
    form.offer([sheet.name for sheet in look.sheets])
    if form.validate_on_submit():
        try:
            with page.writing():
                actions.map_cells(s, who, one, [form.values()])
        except (InvalidInput, Refused) as error:
            form.refuse(error)
        else:
            page.flash(_("The cell is mapped."))
            return page.redirect_to("donor_workbooks.file", donor_file_id=one.id)
    return page.render("donor_workbooks/map_cell.html", form=form, file=one)


@bp.route("/donor-cells/<int:donor_cell_id>/edit", methods=["GET", "POST"])
@needs("donor_workbook.edit")
def edit_cell(donor_cell_id: int) -> Response:
    """Map it otherwise; with the button `unmap` not at all."""
    s, who = page.session(), page.actor()
    one = queries.cell(s, who, donor_cell_id)
    if one is None:
        raise NotFound("donor_cell", id=donor_cell_id)
    need(who, "donor_workbook.edit", one.file.workbook)
    form = CellForm(
        data={
            "sheet": one.sheet, "cell": Place("", one.row, one.column).cell, "key": one.key, "last": one.last,
            "language": one.language, "text_limit": one.text_limit, "counting": one.counting,
            "otherwise": one.otherwise, "version": one.version,
        }
    )  # fmt: skip
    form.offer([sheet.name for sheet in queries.look_of(s, one.file).sheets])
    file_id = one.file_id
    if form.validate_on_submit() or (form.is_submitted() and "unmap" in request.form and not form.forged):
        try:
            with page.writing():
                s.refresh(one)
                if "unmap" in request.form:
                    actions.unmap_cell(s, who, one)
                else:
                    actions.edit_cell(s, who, one, form.version.data, form.values())
        except (InvalidInput, Refused) as error:
            form.refuse(error)
        else:
            page.flash(_("The cell is not mapped any more.") if "unmap" in request.form else _("Saved."))
            return page.redirect_to("donor_workbooks.file", donor_file_id=file_id)
    return page.render("donor_workbooks/edit_cell.html", form=form, cell=one, file=one.file)


def _proposals(look: Look, cells) -> list[Proposal]:
    """What the finder proposes for cells that are not mapped."""
    wanted = [Sought(one.key, one.words, one.heads, one.rows) for one in catalogue.offers().values() if one.words]
    taken = {Place(c.sheet, row, c.column) for c in cells for row in range(c.row, (c.last or c.row) + 1)}
    return find(look, wanted, taken)


def _offered(look: Look, one) -> dict[str, Proposal]:
    return {_sign(proposal): proposal for proposal in _proposals(look, one.cells)}


def _sign(one: Proposal) -> str:
    return f"{one.key}|{one.place.sheet}|{one.place.cell}|{one.last or ''}"


def _values(one: Proposal, language: str) -> dict:
    return {
        "place": one.place, "last": one.last, "key": one.key, "language": language, "text_limit": limit_in(one.label),
        "counting": "excel", "otherwise": "leave",
    }  # fmt: skip


def _shown(look: Look, one) -> dict:
    """The cells of the sheet that is looked at, from the one asked for on: texts, cells to fill in, what is mapped."""
    number = min(max(request.args.get("sheet", 0, int), 0), len(look.sheets) - 1)
    sheet = look.sheets[number]
    mapped = {
        (row, c.column): c
        for c in one.cells
        if c.sheet.casefold() == sheet.name.casefold()
        for row in range(c.row, (c.last or c.row) + 1)
    }
    open_ = {(p.row, p.column) for p in unmapped(look, one.cells) if p.sheet == sheet.name}
    spots = sorted({*(spot for spot, seen in sheet.cells.items() if seen.text), *open_, *mapped})
    start = min(max(request.args.get("from", 0, int), 0), max(0, len(spots) - 1))
    rows = [_cell(sheet, spot, mapped.get(spot), spot in open_) for spot in spots[start : start + AT_ONCE]]
    following = start + AT_ONCE if start + AT_ONCE < len(spots) else None
    return {
        "sheets": [
            (url_for("donor_workbooks.file", donor_file_id=one.id, sheet=n or None, _anchor="sheet"), other.name, n == number)
            for n, other in enumerate(look.sheets)
        ],
        "sheet": sheet, "number": number, "rows": rows, "start": start, "following": following, "count": len(spots),
        "earlier": max(0, start - AT_ONCE) if start else None, "unmapped": unmapped(look, one.cells),
    }  # fmt: skip


def _cell(sheet: SheetLook, spot: tuple[int, int], cell, is_open: bool) -> dict:
    why = sheet.hindrance(*spot)
    seen = sheet.cells.get(spot)
    return {
        "at": Place("", *spot).cell, "text": seen.text if seen else "", "mapped": cell, "open": is_open,
        "why": gettext(IN_THE_WAY[why]) if why else "",
    }  # fmt: skip
