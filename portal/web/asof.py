"""Looking at the past by address: `/k/<change_id>/projects` is the page of projects as recorded right after that change.

The middleware moves the prefix into SCRIPT_NAME, so every `url_for` of the page stays in the past; files, sign-in and
language links are built by `present_url` and never keep it. Unsafe methods are refused (405 with a way back). Rights are
today's: who asks is always loaded from the live session.

`/d/2014-08-27/projects` is the same page as stated by documents of that day: another thing, under another address. The feature
that knows what documents state gives the session (`app.extensions["portal.stated"]`: day → context manager).
"""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import quote

from flask import Flask, abort, current_app, g, request
from flask.globals import request_ctx
from sqlalchemy.orm import Session

from portal.kernel import asof as recorded
from portal.kernel.errors import NotFound

LARGEST_ID = 2**31 - 1
PREFIX = re.compile(r"/(?:k/([0-9]{1,15})|d/([0-9]{4}-[0-9]{2}-[0-9]{2}))(?=/|$)")
PREFIXES = r"^/(?:k/[0-9]+|d/[0-9-]{10})(?=/)"


class PastPrefix:
    """WSGI: `/k/7/projects` becomes path `/projects`, script name `…/k/7`, `environ["portal.asof"] = 7`."""

    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        root = environ.get("SCRIPT_NAME", "")
        environ["portal.root"] = root
        path = environ.get("PATH_INFO", "")
        found = PREFIX.match(path)
        if found:
            environ["portal.asof"] = int(found[1]) if found[1] else None
            environ["portal.stated"] = found[2]
            environ["SCRIPT_NAME"] = root + found[0]
            environ["PATH_INFO"] = path[found.end() :] or "/"
        return self.app(environ, start_response)


def change_id() -> int | None:
    """The change after which the page stands, or None for the present."""
    return request.environ.get("portal.asof")


def stated_on() -> date | None:
    """The day by which documents state what the page shows, or None. NotFound for a day there never was."""
    text = request.environ.get("portal.stated")
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        forget()
        raise NotFound(day=text) from None


def away() -> bool:
    """Whether the page shows something else than the present: as recorded, or as stated."""
    return change_id() is not None or bool(request.environ.get("portal.stated"))


def session(live: Session) -> Session:
    """A read-only Session in which every query sees what the address asks for; one per request."""
    if "past_session" not in g:
        past, day = change_id(), stated_on()
        if past is not None:
            g.past_context = recorded.as_of(live.get_bind().engine, past)
        else:
            g.past_context = current_app.extensions["portal.stated"](live, day)
        g.past_session = g.past_context.__enter__()
    return g.past_session


def moment(live: Session, past: int) -> recorded.Moment:
    """The moment of the past (`id`, `at`). NotFound when there is no such change."""
    if "moment" not in g:
        g.moment = recorded.moment(live, past) if past <= LARGEST_ID else None
        if g.moment is None:
            g.pop("moment")
            forget()
            raise NotFound(change=past)
    return g.moment


def forget() -> None:
    """Return this request to the present: the address named no moment, its error page must not either."""
    request.environ["portal.asof"] = request.environ["portal.stated"] = None
    root = request.environ.get("portal.root", "")
    request_ctx.url_adapter = current_app.url_map.bind(
        request.host, script_name=root or "/", url_scheme=request.scheme, default_method=request.method
    )


def close(error: BaseException | None = None) -> None:
    context = g.pop("past_context", None)
    g.pop("past_session", None)
    if context is not None:
        context.__exit__(None, None, None)


def present_url(endpoint: str | None = None, **values) -> str:
    """The address of an endpoint in the present; without endpoint, of this very page in the present."""
    root = request.environ.get("portal.root", "")
    if endpoint is None:
        return root + path_and_query()
    adapter = current_app.url_map.bind(request.host, script_name=root or "/", url_scheme=request.scheme)
    anchor = values.pop("_anchor", None)
    return adapter.build(endpoint, values) + (f"#{anchor}" if anchor else "")


def path_and_query() -> str:
    """What stands after the script name, quoted as an address needs it."""
    query = quote(request.query_string.decode("latin-1"), safe="%=&+/:@!$'()*,;~-._")
    return quote(request.path, safe="/:@!$&'()*+,;=~-._") + (f"?{query}" if query else "")


def here() -> str:
    """This page's own address, to come back to."""
    return request.script_root + path_and_query()


def present_root() -> str:
    """The address of the portal itself: its home page."""
    return request.environ.get("portal.root", "") + "/"


def past_url(change: int, path: str | None = None) -> str:
    """The address of this page (or of a local `path`, which may itself lie in the past) as recorded after `change`."""
    root = request.environ.get("portal.root", "")
    path = (path or path_and_query()).removeprefix(root)
    return f"{root}/k/{change}{re.sub(PREFIXES, '', path)}"


def stated_url(day: date, path: str | None = None) -> str:
    """The address of this page (or of a local `path`) as stated by documents of a day."""
    root = request.environ.get("portal.root", "")
    path = (path or path_and_query()).removeprefix(root)
    return f"{root}/d/{day.isoformat()}{re.sub(PREFIXES, '', path)}"


def refuse_writing():
    if away() and request.method not in ("GET", "HEAD", "OPTIONS"):
        g.past_refused = True
        abort(405, valid_methods=["GET", "HEAD"])
    return None


def install(app: Flask) -> None:
    app.wsgi_app = PastPrefix(app.wsgi_app)
    app.before_request(refuse_writing)
    app.jinja_env.globals.update(here=here, past_url=past_url, present_root=present_root, stated_on=stated_on)
