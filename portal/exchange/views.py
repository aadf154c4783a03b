"""`/exports/<list>.xlsx` and `.csv`, with the query string of the list's page."""

from __future__ import annotations

import io
from threading import BoundedSemaphore

from flask import Blueprint, Flask, request, send_file, url_for

from portal.exchange import files
from portal.exchange import policy as policy  # declares the permissions
from portal.exchange.queries import last_change
from portal.kernel import clock
from portal.kernel.errors import NotFound, Refused
from portal.kernel.permission import need
from portal.web import access, page
from portal.web.access import needs
from portal.web.i18n import gettext as _
from portal.workbooks import exports

bp = Blueprint("exchange", __name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SLOTS = BoundedSemaphore(2)
"""Two workbooks are made at a time in one process; more would only take memory from the others."""


@bp.get("/exports/<sheet>.xlsx")
@needs("list.export")
def list(sheet: str):
    export, v, moment = _opened(sheet)
    rows = _rows(export, v, files.ROWS_OF_WORKBOOK)
    with _SLOTS:
        made = files.workbook(export.sheet, rows, v, moment)
    return send_file(
        io.BytesIO(made), XLSX, as_attachment=True, download_name=files.file_name(export.sheet, v.lang, moment, "xlsx")
    )


@bp.get("/exports/<sheet>.csv")
@needs("list.export")
def plain(sheet: str):
    export, v, moment = _opened(sheet)
    made = files.csv(export.sheet, _rows(export, v, files.ROWS_OF_CSV), v)
    name = files.file_name(export.sheet, v.lang, moment, "csv")
    return send_file(io.BytesIO(made), "text/csv; charset=utf-8", as_attachment=True, download_name=name)


def moment_of(s) -> files.Moment:
    """The moment a file of this request speaks of."""
    past = page.moment()
    return files.Moment(past.at, past.id, past=True) if past else files.Moment(clock.now(), last_change(s))


def _opened(sheet: str):
    export = exports.registered().get(sheet)
    if export is None:
        raise NotFound(sheet=sheet)
    s, actor = page.session(), page.actor()
    need(actor, export.needs)
    moment = moment_of(s)
    return export, export.listing.open(s, actor, request.args, page.lang()), moment


def _rows(export: exports.Export, v, limit: int):
    try:
        return export.rows(v, limit)
    except exports.TooManyRows as error:
        words = _("The list has more than %(limit)s records. Narrow it by a filter, or take it as CSV.")
        if limit == files.ROWS_OF_CSV:
            words = _("The list has more than %(limit)s records. Narrow it by a filter.")
        raise Refused(words % {"limit": f"{error.limit:,}".replace(",", "\u00a0")}) from None


def export_url(sheet: str, ending: str = "xlsx") -> str | None:
    """For templates: where the list of this page can be taken away as it stands; None where it cannot."""
    export = exports.registered().get(sheet)
    if export is None or not access.permits(export.needs):
        return None
    kept = [(k, v) for k, v in request.args.items(multi=True) if k not in ("after", "before", "size", "count")]
    chosen: dict[str, object] = {}
    for name, value in kept:
        chosen.setdefault(name, []).append(value)
    chosen.pop("sheet", None)
    return url_for("exchange.list" if ending == "xlsx" else "exchange.plain", sheet=sheet, **chosen)


def install(app: Flask) -> None:
    app.jinja_env.globals["export_url"] = export_url
