"""`/exports/<list>.xlsx` and `.csv`, with the query string of the list's page."""

from __future__ import annotations

from flask import Blueprint, Flask, request, url_for

from portal.exchange import files
from portal.exchange import policy as policy  # declares the permission
from portal.kernel.errors import NotFound, Refused
from portal.kernel.permission import need
from portal.web import access, page
from portal.web.access import needs
from portal.web.formats import number
from portal.web.i18n import gettext as _
from portal.workbooks import exports, sending

bp = Blueprint("exchange", __name__)


@bp.get("/exports/<sheet>.xlsx")
@needs("list.export")
def list(sheet: str):
    export, v, moment = _opened(sheet)
    rows = _rows(export, v, files.ROWS_OF_WORKBOOK)
    with sending.SLOTS:
        made = files.workbook(export.sheet, rows, v, moment, export.unstated)
    return sending.send(made, export.sheet.title(v.lang), moment, "xlsx")


@bp.get("/exports/<sheet>.csv")
@needs("list.export")
def plain(sheet: str):
    export, v, moment = _opened(sheet)
    made = files.csv(export.sheet, _rows(export, v, files.ROWS_OF_CSV), v)
    return sending.send(made, export.sheet.title(v.lang), moment, "csv")


def _opened(sheet: str):
    export = exports.registered().get(sheet)
    if export is None:
        raise NotFound(sheet=sheet)
    s, actor = page.session(), page.actor()
    need(actor, export.needs)
    moment = sending.moment_of(s)
    return export, export.listing.open(s, actor, request.args, page.lang()), moment


def _rows(export: exports.Export, v, limit: int):
    try:
        return export.rows(v, limit)
    except exports.TooManyRows as error:
        words = _("The list has more than %(limit)s records. Narrow it by a filter, or take it as CSV.")
        if limit == files.ROWS_OF_CSV:
            words = _("The list has more than %(limit)s records. Narrow it by a filter.")
        raise Refused(words % {"limit": number(error.limit)}) from None


def export_url(sheet: str, ending: str = "xlsx") -> str | None:
    """For templates: where the list of this page can be taken away as it stands; None where it cannot."""
    export = exports.registered().get(sheet)
    if export is None or not access.permits(export.needs):
        return None
    chosen: dict[str, object] = {
        name: request.args.getlist(name)
        for name in request.args
        if name not in ("after", "before", "size", "count", "sheet")
    }
    return url_for("exchange.list" if ending == "xlsx" else "exchange.plain", sheet=sheet, **chosen)


def install(app: Flask) -> None:
    app.jinja_env.globals["export_url"] = export_url
