"""Addresses of history: a record's, a change's, the latest changes, and the choice of a past moment."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace

from flask import Flask, redirect, request, url_for

from portal.history import actions, policy, queries, wording  # noqa: F401  policy declares what the addresses need
from portal.history.filled import filled
from portal.history.forms import PRAGUE, read_day, read_moment
from portal.history.views.blueprint import bp
from portal.history.views.entries import FEW, LATEST, SHORT, told_of, until, who_of
from portal.history.views.pages import Pages
from portal.history.views.workbooks import latest_workbook_changes
from portal.kernel import clock
from portal.kernel.asof import change_at
from portal.kernel.errors import NotFound
from portal.web import access, asof, formats, page
from portal.web.access import needs
from portal.web.frame import frame
from portal.web.i18n import gettext as _
from portal.web.i18n import lazy_gettext as _l

WHAT_IS_WRONG = {
    "day": _l("Write a day, for example 3 December 2025."),
    "whole_day": _l("Write a whole day: day, month and year."),
    "time": _l("Write a time, for example 9.00, or leave it empty for the end of the day."),
}


@bp.get("/records/<int:record_id>/history")
@needs("history.read")
def record(record_id: int):
    s, actor = page.session(), page.actor()
    found = queries.record(s, actor, record_id, until())
    if found is None:
        raise NotFound("record")
    ids = queries.ids_told_with(s, actor, found, until())
    v = Pages(request.args)
    entries = v.told(
        s, queries.changes_of(s, actor, ids, until()), lambda some: queries.entries(s, actor, some, ids, until())
    )
    may = access.may_write(f"{found.kind}.edit", found)
    return page.render("history/record.html", v=v, record=found, told=told_of(s, actor, entries, found.id, undo=may))


@bp.get("/changes")
@needs("history.read")
def recent():
    s, actor = page.session(), page.actor()
    v = Pages(request.args)
    entries = v.told(
        s, queries.changes(until()), lambda some: queries.entries(s, actor, some, until=until(), most=SHORT)
    )
    return page.render("history/recent.html", v=v, told=told_of(s, actor, entries, None, most=SHORT))


@bp.get("/changes/<int:change_id>")
@needs("history.read")
def change(change_id: int):
    s, actor = page.session(), page.actor()
    found = queries.change(s, change_id)
    if found is None or (until() is not None and found.id > until()):
        raise NotFound("change")
    told = told_of(s, actor, queries.entries(s, actor, [found], until=until()), None, undo=True)
    if not told:
        raise NotFound("change")
    return page.render("history/change.html", told=told[0])


@bp.get("/as-of")
@needs("history.read")
def moments():
    """Choose a past moment. A form of the address, so that it works without JavaScript and can be linked."""
    s = page.live_session()
    back = page.safe_next(request.args.get("next")) or url_for("portfolio.home")
    day, hour = request.args.get("day", "").strip()[:40], request.args.get("time", "").strip()[:10]
    stated = request.args.get("stated", "").strip()[:40]
    wrong = None
    if stated:
        meant = read_day(stated, page.lang())
        if isinstance(meant, str):
            wrong = ("stated", str(WHAT_IS_WRONG[meant]))
        elif meant > clock.now().astimezone(PRAGUE).date():
            wrong = ("stated", _("This day has not come yet. Choose today or an earlier one."))
        else:
            return redirect(asof.stated_url(meant, back), 303)
    elif day or hour:
        meant = read_moment(day, hour, page.lang())
        if isinstance(meant, str):
            wrong = (meant, str(WHAT_IS_WRONG[meant]))
        else:
            found = change_at(s, meant)
            if meant.date() > clock.now().astimezone(PRAGUE).date():
                wrong = ("day", _("This day has not come yet. Choose today or an earlier one."))
            elif found is not None:
                _say_what_is_shown(s, found, meant, whole_day=not hour)
                return redirect(asof.past_url(found, back), 303)
            else:
                wrong = ("day", _("Nothing was recorded yet on that day. Choose a later one."))
    v, actor = Pages(request.args), page.actor()
    entries = v.told(s, queries.changes(), lambda some: queries.entries(s, actor, some, most=FEW))
    told = told_of(s, actor, entries, None, most=FEW)
    return page.render(
        "history/moments.html", 422 if wrong else 200, v=v, told=told, back=back, day=day, time=hour, stated=stated, wrong=wrong,
    )  # fmt: skip


def _say_what_is_shown(s, change_id: int, meant: datetime, whole_day: bool) -> None:
    """On the page of the past, whose banner names the change: which moment was asked for, where its words are others."""
    at = queries.change(s, change_id).at
    said = formats.day if whole_day else formats.instant
    if said(at) != said(meant):
        words = _(
            "You asked for: %(asked)s. The last change recorded by then is of %(at)s; the portal is shown as it was after it.",
            asked=said(meant), at=wording.to_the_second(at),
        )  # fmt: skip
        page.flash(words, "note")


def latest_changes(about) -> list[SimpleNamespace]:
    """The last few changes of a record for the side of its profile (template global)."""
    s, actor = page.session(), page.actor()
    ids = queries.ids_told_with(s, actor, about, until())
    entries = filled(
        s, queries.changes_of(s, actor, ids, until()),
        lambda some: queries.entries(s, actor, some, ids, until(), most=SHORT), LATEST,
    )  # fmt: skip
    return told_of(s, actor, entries, about.id, most=SHORT - 1)


def last_changes(records) -> dict[int, SimpleNamespace]:
    """The last change of each of these records, by id: its id, instant and who wrote it (template global)."""
    found = queries.last_changes(page.live_session(), page.actor(), [record.id for record in records])
    return {i: SimpleNamespace(id=one.id, at=one.at, who=who_of(one)) for i, one in found.items()}


def install(app: Flask) -> None:
    frame(app).moments = "history.moments"
    frame(app).change_listeners.append(actions.tell_followers)
    frame(app).footer_links.append(("history.recent", _l("Latest changes")))
    app.jinja_env.globals.update(
        latest_changes=latest_changes, last_changes=last_changes, latest_workbook_changes=latest_workbook_changes,
        past_address=asof.past_url,
    )  # fmt: skip
