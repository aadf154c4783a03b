"""Handing over what a person answers for: what it is, to whom, and why."""

from __future__ import annotations

from itertools import groupby

from flask import Response

from portal.desk import actions
from portal.desk.forms import HandoverForm
from portal.desk.queries.handover import answered_for, open_tasks, people
from portal.desk.views.blueprint import bp
from portal.kernel.errors import InvalidInput, NotFound
from portal.kernel.permission import need
from portal.web import page
from portal.web.access import needs, permits
from portal.web.i18n import _, ngettext


@bp.route("/handover", methods=["GET", "POST"])
@needs("handover.do")
def handover() -> Response:
    """`?of=<id>`: whose records; without it one's own. Administrators choose anybody."""
    s, who = page.session(), page.actor()
    everybody = people(page.live_session())
    giver = page.asked_id("of") or who.person_id
    name = next((one for i, one, _active in everybody if i == giver), None)
    if name is None:
        raise NotFound("person", id=giver)
    need(who, "handover.do", giver)
    form = HandoverForm()
    form.offer([(i, one) for i, one, active in everybody if active and i != giver])
    records, tasks = answered_for(s, who, giver), open_tasks(s, who, giver)
    if form.validate_on_submit():
        try:
            with page.writing(reason=form.reason.data):
                handed = actions.hand_over(s, who, giver, form.taker.data)
        except InvalidInput as error:
            form.refuse(form.worded(error))
        else:
            page.flash(_said(handed))
            return page.redirect_to("desk.handover", of=giver if giver != who.person_id else None)
    chosen = everybody if permits("people.manage") else []
    groups = [(kind, list(group)) for kind, group in groupby(records, key=lambda r: r.kind)]
    return page.render(
        "desk/handover.html", form=form, giver=giver, name=name, groups=groups, tasks=tasks, people=chosen
    )


def _said(handed) -> str:
    """What went over, and that something stayed."""
    records = ngettext("%(num)s record", "%(num)s records", len(handed.records))
    tasks = ngettext("%(num)s task", "%(num)s tasks", len(handed.tasks))
    said = _("Handed over: %(records)s, %(tasks)s.", records=records, tasks=tasks)
    if handed.kept:
        said += " " + _("What stays below the new person may not see, or you may not edit.")
    return said
