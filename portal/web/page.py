"""What a view may use of the request.

    @bp.post("/projects/<int:project_id>/edit")
    @needs("project.edit")
    def edit(project_id):
        project = queries.project(page.session(), page.actor(), project_id)
        form = ProjectForm(obj=project)
        if form.validate_on_submit():
            with page.writing(reason=form.reason.data):
                actions.revise_project(page.session(), page.actor(), project, **form.units())
            page.flash(_("Saved."))
            return page.redirect_to("projects.profile", project_id=project.id)
        return page.render("projects/edit.html", form=form)

* `session()` the Session of this request, of the past moment when the address asks for one
* `actor()`   who asks (`ANONYMOUS` when nobody is signed in); `lang()` the language
* `writing()` opens the change in which actions write; the door is "form"
* `render()`  a template; on POST the status is 422, or 400 when the form failed its origin check
* `redirect_to()` 303 to an endpoint; `redirect_back(next)` 303 to a checked local address
* `unlocked()` slow work (hashing) while no lock is held; `engine()` for what must stay when the answer is an error
* `moment()`  the past moment looked at, or None; `request_id()` stands in the log, in history and on error pages

A request with an unsafe method is a writer from its first touch of the database. It commits when its answer is below 400
and its form was checked against forgery, else everything is rolled back (`web.commit`). A GET never commits.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from urllib.parse import urlsplit

import flask
from flask import Flask, Response, g, render_template, request, url_for
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from werkzeug.routing import IntegerConverter

from portal.kernel import transaction
from portal.kernel.db import db
from portal.kernel.errors import ReadOnlyPast
from portal.kernel.permission import Actor
from portal.web import asof
from portal.web.frame import frame
from portal.web.i18n import lang

__all__ = [
    "ANONYMOUS", "actor", "engine", "flash", "lang", "moment", "redirect_back", "redirect_to", "render", "request_id",
    "safe_next", "session", "signed_in", "unlocked", "writing",
]  # fmt: skip

ANONYMOUS = Actor(person_id=None, name="", role="anonymous")
SAFE = {"GET", "HEAD", "OPTIONS"}


def unsafe() -> bool:
    return request.method not in SAFE


def session() -> Session:
    """The Session of this request: live, or reading what the address asks for: a past moment (`/k/<change>/…`), or what
    documents of a day state (`/d/<day>/…`)."""
    return asof.session(live_session()) if asof.away() else live_session()


def live_session() -> Session:
    """The Session of today (accounts, rights). A writer from its first statement when the method is unsafe."""
    s = db.session()
    if unsafe() and not s.in_transaction():
        transaction.begin_writing(s)
    return s


def engine() -> Engine:
    """The live database, for the few writes that must stay when the answer is an error (attempts to sign in)."""
    return db.engine


@contextmanager
def unlocked() -> Iterator[None]:
    """Slow work between loading and writing (hashing a password): the write lock is given back before the block.

    Nothing may be unsaved. After the block load everything anew, rights included: `actor()` asks again.
    """
    if db.session.registry.has():
        transaction.rollback(db.session())
    yield
    g.pop("actor", None)


def actor() -> Actor:
    """Who asks, with today's rights; `ANONYMOUS` when nobody is signed in."""
    if "actor" not in g:
        g.actor = ANONYMOUS
        if not g.get("bare"):
            g.actor = frame().load_actor() or ANONYMOUS
    return g.actor


def asked_id(name: str) -> int | None:
    """A record's id in the address (`?name=12`); None where there is none, or what stands there can be no id."""
    text = request.args.get(name, "")
    return int(text) if re.fullmatch(r"[0-9]{1,10}", text, re.ASCII) and int(text) <= asof.LARGEST_ID else None


def signed_in() -> bool:
    return actor() is not ANONYMOUS


def moment():
    """The moment of the past this request looks at (`id`, `at`), or None for the present."""
    past = asof.change_id()
    return None if past is None else asof.moment(live_session(), past)


def request_id() -> str:
    if "request_id" not in g:
        g.request_id = secrets.token_hex(6)
    return g.request_id


@contextmanager
def writing(door: str = "form", reason: str | None = None, undoes: int | None = None) -> Iterator:
    """The change of this request: history writes who, when, through which door and why. Yields it (`id`, `at`)."""
    if asof.away():
        raise ReadOnlyPast()
    who, s = actor(), live_session()
    with transaction.change(
        s, who.person_id, door,
        actor_name=who.name, reason=reason or None, request_id=request_id(), undoes=undoes,
    ) as opened:  # fmt: skip
        yield opened
    for listener in frame().change_listeners:
        transaction.after_commit(s, partial(listener, s, opened))


def render(template: str, status: int | None = None, **context) -> Response:
    """A page. Without `status` a GET answers 200 and a failed form 422 (400 when its origin or token failed)."""
    if status is None:
        status = 200
        if unsafe():
            forms = [value for value in context.values() if hasattr(value, "forged")]
            status = 400 if any(form.forged for form in forms) else 422
    return flask.make_response(render_template(template, **context), status)


def redirect_to(endpoint: str, _anchor: str | None = None, **values) -> Response:
    """303 See Other to an endpoint, with the past moment kept."""
    return flask.redirect(url_for(endpoint, _anchor=_anchor, **values), 303)


def safe_next(address: str | None) -> str | None:
    """`address` when it leads into this portal, else None. Only a local path with query passes."""
    if not address or not address.startswith("/") or re.search(r"[\x00-\x20\\\x7f]", address):
        return None
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or address.startswith("//"):
        return None
    return address


def redirect_back(address: str | None, endpoint: str | None = None, **values) -> Response:
    """303 to a local address the visitor came with, else to an endpoint (the home page)."""
    return flask.redirect(safe_next(address) or url_for(endpoint or frame().home, **values), 303)


def flash(message: str, kind: str = "ok") -> None:
    """A sentence on the next page. `kind`: ok, note, warn, bad."""
    flask.flash(str(message), kind)


class Id(IntegerConverter):
    """`<int:…>` in an address: no number the database could not hold, so that it is 404 and no error."""

    def __init__(self, map, fixed_digits=0, min=None, max=asof.LARGEST_ID, signed=False):
        super().__init__(map, fixed_digits, min, max, signed)


def install(app: Flask) -> None:
    app.url_map.converters["int"] = Id
    app.before_request(lambda: request_id() and None)
    app.teardown_request(asof.close)
    app.jinja_env.globals.update(
        actor=actor, signed_in=signed_in, moment=moment, request_id=request_id, present_url=asof.present_url
    )
