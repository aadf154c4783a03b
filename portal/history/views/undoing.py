"""Undoing a change: first what would go back, then the button."""

from __future__ import annotations

from flask import Response

from portal.history import actions, queries, subjects, undo_wording, wording
from portal.history.forms import UndoForm
from portal.history.prospect import Prospect, foresee
from portal.history.views.blueprint import bp
from portal.kernel.errors import NotFound
from portal.kernel.permission import need
from portal.web import page
from portal.web.access import needs
from portal.web.i18n import gettext as _

MOST = 400
"""Lines of what would go back, and conflicts, that the page shows."""


@bp.route("/changes/<int:change_id>/undo", methods=["GET", "POST"])
@needs("change.undo")
def undo(change_id: int) -> Response:
    """What undoing the change would put back, and what stands in the way; a POST does it. Undoing concerns the present."""
    s, who = page.live_session(), page.actor()
    found = queries.change(s, change_id)
    form = UndoForm()
    if found is None:
        raise NotFound("change", id=change_id)
    status = None
    if form.validate_on_submit():
        try:
            with page.writing(reason=form.reason.data, undoes=change_id) as opened:
                actions.undo_change(s, who, found)
            page.flash(_("Change %(number)s is undone.", number=change_id))
            return page.redirect_to("history.change", change_id=opened.id)
        except actions.NotUndone:
            status = 409
            form.form_errors.append(
                _("Nothing was written. Somebody changed it meanwhile; what stands in the way is below.")
            )
        except actions.RuleBroken as error:
            form.form_errors.extend(undo_wording.broken(error))
    prospect = foresee(s, who, found)
    if prospect is None:
        raise NotFound("change", id=change_id)
    for record in prospect.forbidden:
        need(who, f"{record.kind}.edit", record)
    return _page(form, prospect, status)


def _page(form: UndoForm, prospect: Prospect, status: int | None) -> Response:
    s, who = page.live_session(), page.actor()
    entry, clashes = prospect.entry, prospect.clashes[:MOST]
    about = {line.about for line in entry.lines} | {i for clash in clashes for i in (clash.about, clash.other) if i}
    nameless = subjects.joined(s, about, None)
    wanted = wording.record_ids([entry], nameless) | undo_wording.record_ids(clashes)
    known = subjects.records(s, who, wanted)
    lines = [text for _about, text in wording.lines(entry, known, nameless)]
    undone = queries.undone(s, who, [prospect.change])
    erased = prospect.possible and prospect.erased
    return page.render(
        "history/undo.html", status, form=form, change=prospect.change, possible=prospect.possible and not erased,
        refusal=undo_wording.REFUSALS.get("erased" if erased else prospect.refusal or ""),
        undone_by=undone.by.get(prospect.change.id),
        lines=lines[:MOST], more=max(0, len(lines) - MOST), clashes=undo_wording.rows(clashes, known, nameless),
        note=undo_wording.note_of(prospect),
    )  # fmt: skip
