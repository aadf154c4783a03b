"""The history of a recipient's workbook: of what it is for, its files, and the mapping of their cells from version to version."""

from __future__ import annotations

from types import SimpleNamespace

from flask import request

from portal.donor_workbooks.queries import workbook as workbook_of
from portal.history import queries
from portal.history.views.blueprint import bp
from portal.history.views.entries import CHANGES, LATEST, SHORT, told_of, until
from portal.kernel.errors import NotFound
from portal.web import page
from portal.web.access import needs


@bp.get("/donor-workbooks/<int:donor_workbook_id>/history")
@needs("history.read")
def donor_workbook(donor_workbook_id: int):
    s, actor = page.session(), page.actor()
    found = workbook_of(s, actor, donor_workbook_id)
    if found is None:
        raise NotFound("donor_workbook", id=donor_workbook_id)
    v = CHANGES.open(s, actor, request.args, page.lang())
    entries = queries.entries_of_workbook(
        s, actor, v.rows(queries.changes_of_workbook(found.id, until())), found.id, until()
    )
    return page.render(
        "history/workbook.html", v=v, workbook=found, told=told_of(s, actor, entries, None, untitled=True)
    )


def latest_workbook_changes(workbook) -> list[SimpleNamespace]:
    """The last few changes of a recipient's workbook for the side of its page (template global)."""
    s, actor = page.session(), page.actor()
    wanted = queries.changes_of_workbook(workbook.id, until()).order_by(queries.Change.id.desc()).limit(LATEST)
    entries = queries.entries_of_workbook(s, actor, s.scalars(wanted).all(), workbook.id, until())
    return told_of(s, actor, entries, None, most=SHORT - 1, untitled=True)
