"""The history of a recipient's workbook: of what it is for, its files, and the mapping of their cells from version to version."""

from __future__ import annotations

from types import SimpleNamespace

from flask import request

from portal.donor_workbooks.queries import workbook as workbook_of
from portal.history import queries
from portal.history.filled import Read, filled
from portal.history.views.blueprint import bp
from portal.history.views.entries import LATEST, SHORT, told_of, until
from portal.history.views.pages import Pages
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
    v = Pages(request.args)
    entries = v.told(s, queries.changes_of_workbook(found.id, until()), _reader(s, actor, found.id))
    return page.render(
        "history/workbook.html", v=v, workbook=found, told=told_of(s, actor, entries, None, untitled=True)
    )


def latest_workbook_changes(workbook) -> list[SimpleNamespace]:
    """The last few changes of a recipient's workbook for the side of its page (template global)."""
    s, actor = page.session(), page.actor()
    wanted = queries.changes_of_workbook(workbook.id, until())
    entries = filled(s, wanted, _reader(s, actor, workbook.id), LATEST)
    return told_of(s, actor, entries, None, most=SHORT - 1, untitled=True)


def _reader(s, actor, workbook_id: int) -> Read:
    return lambda some: queries.entries_of_workbook(s, actor, some, workbook_id, until())
