"""Every address says who may open it, or the portal does not start.

    @bp.get("/projects")
    @needs("project.read")        # a permission declared in the feature's policy
    def projects(): ...

    @needs(public)                # anybody, signed in or not
    @needs(signed_in)             # any signed-in person
    @needs("risk.add", under="record_id")   # adds something under the record that the address names: refused while it is
                                            # withdrawn

`needs` stands under the route. The action checks the permission again on its object, which is authoritative.
`check_every_route(app)` is called once at the end of `create_app`.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, Response, current_app, g, redirect, request
from sqlalchemy import select

from portal.kernel import permission as rights
from portal.kernel.errors import N_, Forbidden, Refused
from portal.kernel.record import Record
from portal.kernel.standing import MERGED, in_force, out_of_force
from portal.web import asof, errors, page
from portal.web.frame import frame
from portal.web.i18n import gettext as _
from portal.web.i18n import lang
from portal.web.links import record_url

public = "public"
signed_in = "signed in"
WITHDRAWN = N_("“%(name)s” is withdrawn, so nothing is added to it. Put it back in force first.")
MERGED_AWAY = N_(
    "“%(name)s” was merged into another record, so nothing is added to it. Add it to the one that stands for it."
)


def needs(permission: str, under: str = "", tells: bool = False) -> Callable:
    """Declare what an endpoint asks of the person: a permission's name, `signed_in` or `public`. `under`: the parameters of its
    path or query (with spaces between) that name records under which something is added. `tells`: the page of its form tells
    something by itself, so that it is read in the past too."""

    def declare(view):
        if getattr(view, "needs", permission) != permission:
            raise RuntimeError(f"{view.__name__} declares two permissions")
        view.needs = permission
        view.under = tuple(under.split())
        view.tells = tells
        return view

    return declare


def needed(app: Flask, endpoint: str) -> str | None:
    return getattr(app.view_functions[endpoint], "needs", None)


def under(app: Flask, endpoint: str) -> tuple[str, ...]:
    """The parameters that name records under which an endpoint adds something."""
    return getattr(app.view_functions[endpoint], "under", ())


def check_every_route(app: Flask) -> None:
    """RuntimeError naming every endpoint that declares nothing or a permission nobody defined."""
    problems = []
    for endpoint in sorted(app.view_functions):
        asked = needed(app, endpoint)
        if asked is None:
            problems.append(f"{endpoint}: says not who may open it (@needs)")
        elif asked not in (public, signed_in) and asked not in rights.declared():
            problems.append(f"{endpoint}: permission {asked!r} is not declared")
    if problems:
        raise RuntimeError("addresses without access rules:\n" + "\n".join(problems))


def permits(permission: str, obj: object = None) -> bool:
    """For templates: may the person who asks do this here and now? Never in the past, where nothing is written."""
    who = page.actor()
    return who is not page.ANONYMOUS and rights.permits(who, permission, obj)


def opens(endpoint: str) -> bool:
    """For links: may the person who asks open this endpoint, by what it declares?"""
    asked = needed(current_app, endpoint)
    return asked == public or (page.signed_in() if asked == signed_in else asked is not None and permits(asked))


def may_write(permission: str, obj: object = None) -> bool:
    """Like `permits`, and False on pages of the past: for buttons that lead to writing."""
    return not asof.away() and permits(permission, obj)


def is_in_force(record: Record) -> bool:
    """For buttons that lead to adding something under a record: whether it is in force. Asked once a request."""
    known = g.setdefault("standing_records", {})
    if record.id not in known:
        known[record.id] = not out_of_force(page.session(), [record.id])
    return known[record.id]


def refuse_under_withdrawn() -> None:
    """Refused where the address would add something under a withdrawn record that the person may know of."""
    asked = [
        (request.view_args or {}).get(name) or page.asked_id(name) for name in under(current_app, request.endpoint)
    ]
    ids = [one for one in asked if one is not None]
    if not ids or asof.away():
        return
    s, who = page.session(), page.actor()
    found = select(Record).where(Record.id.in_(ids), ~in_force(), rights.open_to(who)).order_by(Record.id).limit(1)
    record = s.scalar(found)
    if record is not None and record.standing == MERGED:
        raise Refused(MERGED_AWAY, name=record.name(lang()), way=record_url(_standing_for(record)))
    if record is not None:
        raise Refused(WITHDRAWN, name=record.name(lang()), way=record_url(record))


def _standing_for(record: Record) -> Record:
    """The record that stands for a merged one. Whoever may see this one may see that."""
    while record.merged_into_id is not None:
        record = page.session().get_one(Record, record.merged_into_id)
    return record


def enforce():
    """Before each request: sign-in for strangers, 403 for those without the right."""
    if request.endpoint is None:
        return None
    asked = needed(current_app, request.endpoint)
    if asked == public:
        if asof.away() and request.method in page.SAFE:
            return redirect(asof.present_url(), 302)
        return None
    if not page.signed_in():
        return to_sign_in()
    page.moment()  # 404 for a moment there never was
    asof.stated_on()  # and for a day
    if asked == signed_in:
        return None
    if asked is None or not rights.permits(page.actor(), asked):
        raise Forbidden(asked or "undeclared")
    refuse_under_withdrawn()
    return None


def lead_to_today(response: Response) -> Response:
    """After a request for a form of the past, where nothing is written: to the form of today. Only once the form would be
    shown: what is hidden, or was not there then, stays absent."""
    rule = request.url_rule
    shown = response.status_code == 200 and request.method in page.SAFE and asof.away()
    if not shown or rule is None or not {"GET", "POST"} <= (rule.methods or set()):
        return response
    if getattr(current_app.view_functions[rule.endpoint], "tells", False):
        return response
    page.flash(_("Nothing is written in the past. This is the form of today."), "note")
    return redirect(asof.present_url(), 302)


def to_sign_in():
    """A stranger is led to sign in and then back; what a form carried is kept on a page of its own."""
    if request.method not in page.SAFE:
        return errors.signed_out()
    return redirect(asof.present_url(frame().sign_in, next=asof.here()), 303)


def install(app: Flask) -> None:
    app.before_request(enforce)
    app.after_request(lead_to_today)
    app.jinja_env.globals.update(permits=permits, may_write=may_write, is_in_force=is_in_force, opens=opens)
