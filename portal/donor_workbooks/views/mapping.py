"""The mapping of a file: what is mapped, what the finder proposes, every cell of its sheets, mapping one by hand."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

from flask import Response, request, url_for

from portal.donor_workbooks import actions, catalogue, queries
from portal.donor_workbooks.actions.mapping import GONE, NEEDS_PLACE
from portal.donor_workbooks.filling import unmapped
from portal.donor_workbooks.forms import CellForm, ConfirmForm
from portal.donor_workbooks.rules.finding import Proposal, Sought, find
from portal.donor_workbooks.rules.labels import label_at, numbers_in
from portal.donor_workbooks.rules.limits import COUNTINGS, limit_in
from portal.donor_workbooks.rules.replacing import own_texts
from portal.donor_workbooks.views.blueprint import bp
from portal.donor_workbooks.views.files import found as found_file
from portal.donor_workbooks.wording import label_of
from portal.kernel.errors import InvalidInput, NotFound, Refused
from portal.kernel.permission import need
from portal.web import page
from portal.web.access import needs
from portal.web.i18n import _, gettext, ngettext
from portal.workbooks.filling.areas import cell_of
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
    """Map the proposals that are ticked; with the button `all` tick those of a sheet, or none of them when all are ticked."""
    s, who, one, form = page.session(), page.actor(), found_file(donor_file_id), ConfirmForm()
    need(who, "donor_workbook.edit", one.workbook)
    ticked = request.form.getlist("p")
    offered = _offered(queries.look_of(s, one), one)
    fine = form.validate_on_submit()
    if fine and "all" in request.form:
        return _page(one, form, _all_of(request.form["all"], offered, ticked), 200)
    if fine:
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
            anchor = "proposed" if len(made) < len(offered) else "mapped"
            seen = {name: request.args[name] for name in ("sheet", "from") if name in request.args}
            return page.redirect_to("donor_workbooks.file", donor_file_id=one.id, _anchor=anchor, **seen)
    return _page(one, form, ticked)


def _all_of(sheet: str, offered: dict[str, Proposal], ticked: list[str]) -> list[str]:
    """What is ticked when the button of a sheet was pressed."""
    mine = [sign for sign, one in offered.items() if one.place.sheet == sheet]
    others = [sign for sign in ticked if sign not in mine]
    return others if set(mine) <= set(ticked) else [*others, *mine]


def _page(one, form: ConfirmForm, ticked: list[str], status: int | None = None) -> Response:
    look = queries.look_of(page.session(), one)
    offered = _offered(look, one)
    sheets = dict.fromkeys(proposal.place.sheet for proposal in offered.values())
    return page.render(
        "donor_workbooks/file.html", status, file=one, form=form, look=look, ticked=ticked, label_of=label_of,
        proposals=[(name, {sign: p for sign, p in offered.items() if p.place.sheet == name}) for name in sheets],
        reports=queries.reports_for(page.session(), page.actor(), one),
        limit_in=limit_in, before=queries.before(one), counting_word=lambda counting: gettext(COUNTINGS[counting]),
        place=lambda c: Place(c.sheet, c.row, c.column), replaced=lambda c: own_texts(look, _places(c)), **_shown(look, one),
    )  # fmt: skip


def _places(cell) -> list[Place]:
    """Every place that a mapped cell writes to."""
    return [Place(cell.sheet, row, cell.column) for row in range(cell.row, (cell.last or cell.row) + 1)]


@bp.route("/donor-files/<int:donor_file_id>/cells/add", methods=["GET", "POST"])
@needs("donor_workbook.edit")
def map_cell(donor_file_id: int) -> Response:
    """`?sheet=…&cell=…` name the cell, `key` the value."""
    s, who, one = page.session(), page.actor(), found_file(donor_file_id)
    need(who, "donor_workbook.edit", one.workbook)
    look = queries.look_of(s, one)
    given = {
        "sheet": request.args.get("sheet"), "cell": request.args.get("cell", "")[:10], "key": request.args.get("key"),
        "language": "en",
    }  # fmt: skip
    form = CellForm(data={**given, "counting": "excel", "otherwise": "leave"})
    form.offer(look)
    if form.validate_on_submit():
        try:
            with page.writing():
                [made] = actions.map_cells(s, who, one, [form.values()])
        except (InvalidInput, Refused) as error:
            form.refuse(error)
        else:
            page.flash(_("The cell is mapped."))
            return page.redirect_back(_at(one, Place(made.sheet, made.row, made.column)))
    return page.render("donor_workbooks/map_cell.html", form=form, file=one, label=_label(look), back=_back(one, look))


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
    form.offer(queries.look_of(s, one.file))
    of, place = one.file, Place(one.sheet, one.row, one.column)
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
            if "unmap" in request.form:
                page.flash(_("The cell is not mapped any more."))
                return page.redirect_back(_at(of, place))
            page.flash(_("Saved."))
            return page.redirect_to("donor_workbooks.file", donor_file_id=of.id, _anchor=f"cell-{donor_cell_id}")
    return page.render("donor_workbooks/edit_cell.html", form=form, cell=one, file=one.file)


def _proposals(look: Look, cells) -> list[Proposal]:
    """What the finder proposes for cells that are not mapped."""
    offers = catalogue.offers(numbers_in(look)).values()
    wanted = [Sought(one.key, one.words, one.heads, one.rows) for one in offers if one.words]
    taken = {place for c in cells for place in _places(c)}
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


def _mapped(sheet: SheetLook, one) -> dict[tuple[int, int], Any]:
    """The cells of a sheet that get a value."""
    return {
        (row, c.column): c
        for c in one.cells
        if c.sheet.casefold() == sheet.name.casefold()
        for row in range(c.row, (c.last or c.row) + 1)
    }


def _spots(look: Look, sheet: SheetLook, one) -> tuple[list[tuple[int, int]], set[tuple[int, int]]]:
    """The cells of a sheet that are shown: texts, cells to fill in, what is mapped; and those to fill in that are not."""
    open_ = {(p.row, p.column) for p in unmapped(look, one.cells) if p.sheet == sheet.name}
    said = (spot for spot, seen in sheet.cells.items() if seen.text)
    return sorted({*said, *open_, *_mapped(sheet, one)}), open_


def _asked(look: Look) -> Place | None:
    """The cell that the address names, where the sheet reaches as far."""
    sheet = look.sheet(request.args.get("sheet", ""))
    try:
        row, column = cell_of(request.args.get("cell", "")[:10])
    except ValueError:
        return None
    return Place(sheet.name, row, column) if sheet and row <= sheet.end[0] + 1 else None


def _label(look: Look) -> str:
    """What stands beside it."""
    place = _asked(look)
    return label_at(look, place) if place else ""


def _back(one, look: Look) -> str:
    place = _asked(look)
    return _at(one, place) if place else url_for("donor_workbooks.file", donor_file_id=one.id)


def _at(one, place: Place) -> str:
    """The address at which a cell stands among those of its sheet."""
    look = queries.look_of(page.session(), one)
    number = next(n for n, sheet in enumerate(look.sheets) if sheet.name.casefold() == place.sheet.casefold())
    spots, _open = _spots(look, look.sheets[number], one)
    at = bisect_left(spots, (place.row, place.column))
    seen = {"sheet": number or None, "from": at - at % AT_ONCE or None}
    return url_for("donor_workbooks.file", donor_file_id=one.id, _anchor=f"at-{place.cell}", **seen)


def _shown(look: Look, one) -> dict:
    """The cells of the sheet that is looked at, from the one asked for on."""
    number = min(max(request.args.get("sheet", 0, int), 0), len(look.sheets) - 1)
    sheet = look.sheets[number]
    mapped, (spots, open_) = _mapped(sheet, one), _spots(look, sheet, one)
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
