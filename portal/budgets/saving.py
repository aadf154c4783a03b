"""Writing rows that hang on a record by their forms: two people at one row are both heard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, request
from sqlalchemy import inspect
from sqlalchemy.orm import Session

from portal.budgets import queries
from portal.budgets.forms import RowForm
from portal.kernel.db import Base
from portal.kernel.errors import InvalidInput, NotFound, Refused, TakenAway
from portal.web import page, stale
from portal.web.i18n import _


def looks() -> bool:
    """Whether a form is sent only to be told what it would do, while one types (`look.js`): nothing is saved then."""
    return "look" in request.form


def columns(row: Base) -> dict[str, Any]:
    """The columns of a row."""
    return {column.name: getattr(row, column.name) for column in row.__table__.columns}


def missing(kind: str, record_id: int, was: bool, way: str) -> NotFound | TakenAway:
    """What to raise where a record has no such row: where there `was` one, whoever sends its form keeps what they typed; `way`
    leads to the record."""
    return TakenAway(way=way) if was and request.method == "POST" else NotFound(kind, id=record_id)


def present(s: Session, row: Base, way: str) -> Any:
    """The row as it stands now that nobody else writes. TakenAway where somebody took it away since it was read."""
    held = s.get(type(row), inspect(row).identity, populate_existing=True)
    if held is None:
        raise TakenAway(way=way)
    return held


def take_away(form: RowForm, whole: Base, row: Any, act: Callable[[Any], object], way: str) -> bool:
    """Take a row out of the record it hangs on (`whole`) by `act(row)`: True when done; False when refused, with the message on
    the form. Where somebody else changed it since the form was drawn it stays, and the form shows what it says now."""
    s = page.session()
    form.validate_on_submit()
    if form.forged or form.csrf_failed:
        return False
    try:
        with page.writing():
            s.refresh(whole)
            held = present(s, row, way)
            if form.version.data != held.version:
                raise Refused("row_moved")
            act(held)
    except Refused as error:
        if error.message == "row_moved":
            form.take(form.standing(columns(held)), held.version)
        form.refuse(error)
        return False
    return True


def save_row(
    form: RowForm, find: Callable[[], Any], write: Callable[[dict[str, Any]], object], *, title: str, cancel: str
) -> Response | bool:
    """Write one edit of the row that `find` finds (None: a new one), joined with what was written since the form was drawn: True
    when written; the page of choices (409) where somebody must choose; False when refused, with the messages at the fields."""
    s, settled = page.session(), None
    try:
        with page.writing():
            row = find()
            if row is None:
                write(form.values())
                return True
            row = present(s, row, cancel)
            base = theirs = form.standing(columns(row))
            changed = None
            if form.version.data != row.version:
                then, last = queries.row_then(s, row, form.version.data), queries.last_written(s, row)
                if form.version.data == 0:
                    then = dict(form.empty)
                base = form.standing(then) if then else None
                changed = stale.Changed(last[0] or _("somebody"), last[1]) if last else None
            if base is not None:
                settled = stale.settle(form, base=base, theirs=theirs, version=row.version, changed=changed)
                if not settled.open:
                    joined = settled.values
                    if "in_step" in joined and form.version.data != row.version:
                        joined["in_step"] = False  # it was said of other texts
                    write(form.values(joined))
                    return True
    except (InvalidInput, Refused) as error:
        form.refuse(error)
        return False
    if settled is None:
        form.form_errors.append(_("The form lost track of the version it edits. Reload the page."))
        return False
    return stale.page_of(settled, title=title, cancel=cancel)
