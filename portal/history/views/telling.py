"""Addresses of history: a record's, a change's, the latest changes, and the choice of a past moment."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace

from flask import Flask, redirect, request, url_for
from markupsafe import Markup

from portal.history import actions, policy, queries, subjects, wording  # noqa: F401  policy declares what the addresses need
from portal.history.forms import PRAGUE, read_day, read_moment
from portal.history.prospect import DOORS
from portal.history.views.blueprint import bp
from portal.kernel import clock
from portal.kernel.asof import change_at
from portal.kernel.errors import NotFound
from portal.web import access, asof, formats, page
from portal.web.access import needs
from portal.web.frame import frame
from portal.web.i18n import gettext as _
from portal.web.i18n import lazy_gettext as _l
from portal.web.i18n import ngettext
from portal.web.listing import Listing, Sort

LATEST, SHORT, FEW = 3, 5, 3
"""How many changes a profile shows; how many lines of each a list of changes does, and how many sources or names."""

CHANGES = Listing(
    filters=(),
    sorts=(Sort("latest", _l("Latest"), lambda v: [queries.Change.at], descending=True),),
    key=queries.Change.id,
    size=25,
)
WHAT_IS_WRONG = {
    "day": _l("Write a day, for example 3 December 2025."),
    "whole_day": _l("Write a whole day: day, month and year."),
    "time": _l("Write a time, for example 9.00, or leave it empty for the end of the day."),
}


@bp.get("/records/<int:record_id>/history")
@needs("history.read")
def record(record_id: int):
    s, actor = page.session(), page.actor()
    found = queries.record(s, actor, record_id, _until())
    if found is None:
        raise NotFound("record")
    ids = queries.ids_told_with(s, actor, found, _until())
    v = CHANGES.open(s, actor, request.args, page.lang())
    entries = queries.entries(s, actor, v.rows(queries.changes_of(s, actor, ids, _until())), ids, _until())
    may = access.may_write(f"{found.kind}.edit", found)
    return page.render("history/record.html", v=v, record=found, told=_told(s, actor, entries, found.id, undo=may))


@bp.get("/changes")
@needs("history.read")
def recent():
    s, actor = page.session(), page.actor()
    v = CHANGES.open(s, actor, request.args, page.lang())
    entries = queries.entries(s, actor, v.rows(queries.changes(_until())), until=_until(), most=SHORT)
    return page.render("history/recent.html", v=v, told=_told(s, actor, entries, None, most=SHORT))


@bp.get("/changes/<int:change_id>")
@needs("history.read")
def change(change_id: int):
    s, actor = page.session(), page.actor()
    found = queries.change(s, change_id)
    if found is None or (_until() is not None and found.id > _until()):
        raise NotFound("change")
    told = _told(s, actor, queries.entries(s, actor, [found], until=_until()), None, undo=True)
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
    v = CHANGES.open(s, page.actor(), request.args, page.lang())
    told = _told(s, page.actor(), queries.entries(s, page.actor(), v.rows(queries.changes()), most=FEW), None, most=FEW)
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
    ids = queries.ids_told_with(s, actor, about, _until())
    wanted = queries.changes_of(s, actor, ids, _until()).order_by(queries.Change.id.desc()).limit(LATEST)
    entries = queries.entries(s, actor, s.scalars(wanted).all(), ids, _until(), most=SHORT)
    return _told(s, actor, entries, about.id, most=SHORT - 1)


def last_changes(records) -> dict[int, SimpleNamespace]:
    """The last change of each of these records, by id: its id, instant and who wrote it (template global)."""
    found = queries.last_changes(page.live_session(), page.actor(), [record.id for record in records])
    return {i: SimpleNamespace(id=one.id, at=one.at, who=_who(one)) for i, one in found.items()}


def _until() -> int | None:
    """The change after which the page stands: nothing later is told there. None in the present."""
    return page.moment().id if page.moment() else None


def _told(s, actor, entries, about: int | None, most: int | None = None, undo: bool = False) -> list[SimpleNamespace]:
    """Entries of macro page.hist: at, who, what (markup), why; on which documents (places in them, or titles); the names of the
    records alone; which change it undoes, which one undid it, and (`undo`) where it can be undone.

    A change that touched only what the actor may not see is not there; its reason is told only where all of it may be seen.
    """
    entries = [entry for entry in entries if entry.records or not entry.hidden]
    nameless = subjects.joined(s, {line.about for entry in entries for line in entry.lines}, _until())
    known = subjects.records(s, actor, wording.record_ids(entries, nameless), _until())
    undone = queries.undone(s, actor, [entry.change for entry in entries], _until())
    undo = undo and access.may_write("change.undo")
    told = []
    for entry in entries:
        lines = wording.lines(entry, known, nameless, about)
        shown = lines if most is None else lines[:most]
        rest = _rest(lines, shown, entry)
        url = url_for("history.change", change_id=entry.change.id)
        what = Markup("<br>").join(text for _about, text in shown)
        if rest:
            what += Markup('{}<a href="{}">{}</a>').format(Markup("<br>") if shown else "", url, rest)
        few = None if most is None else FEW
        told.append(
            SimpleNamespace(
                id=entry.change.id, at=entry.change.at, second=wording.to_the_second(entry.change.at),
                who=_who(entry.change), what=what, why=None if entry.hidden else entry.change.reason,
                door=entry.change.door, lines=[text for _about, text in lines], more=_rest(lines, lines, entry),
                sources=_first(wording.sources(entry, known), few, url), titles=_first(wording.titles(entry, known), FEW, url),
                names=_names(entry, wording.subjects(entry, known, nameless)),
                undoes=entry.change.undoes if entry.change.id in undone.told else None, undone_by=undone.by.get(entry.change.id),
                undo=undo and entry.change.door in DOORS and entry.change.id not in undone.now,
            )
        )  # fmt: skip
    return told


def _first(sources: list[Markup], most: int | None, url: str) -> list[Markup]:
    """The first of the sources, and how many more the page of the change has."""
    shown = sources if most is None else sources[:most]
    number = len(sources) - len(shown)
    if not number:
        return shown
    words = ngettext("and %(num)s more source", "and %(num)s more sources", number)
    return [*shown, Markup('<a href="{}">{}</a>').format(url, words)]


def _names(entry, names: list[Markup]) -> Markup:
    """The first records a change touched, and how many more there are."""
    shown = names[:FEW]
    number = entry.records - len(shown)
    rest = ngettext("and %(num)s more record", "and %(num)s more records", number) if number > 0 and shown else ""
    return Markup(" ").join(part for part in (Markup(", ").join(shown), rest) if part)


def _who(change) -> str:
    return _("system") if change.actor_id is None else change.actor_name


def _rest(lines: list, shown: list, entry) -> str:
    """What is not shown, in words: the records of which nothing is, else the lines that are left out."""
    records = entry.records - len({about for about, _text in shown})
    if records > 0:
        return ngettext("and %(num)s more record", "and %(num)s more records", records)
    number = len(lines) - len(shown) + entry.cut
    return ngettext("and %(num)s more", "and %(num)s more", number) if number else ""


def install(app: Flask) -> None:
    frame(app).moments = "history.moments"
    frame(app).change_listeners.append(actions.tell_followers)
    frame(app).footer_links.append(("history.recent", _l("Latest changes")))
    app.jinja_env.globals.update(latest_changes=latest_changes, last_changes=last_changes, past_address=asof.past_url)
