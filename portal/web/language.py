"""The language link: `/language/en?next=/projects` sets the cookie and goes back to the page."""

from __future__ import annotations

from flask import Flask, Response, abort, redirect, request, url_for

from portal.web import page
from portal.web.access import needs, public
from portal.web.frame import frame
from portal.web.i18n import COOKIE, LANGUAGES

YEAR = 365 * 24 * 3600


@needs(public)
def choose(language: str) -> Response:
    if language not in LANGUAGES:
        abort(404)
    target = page.safe_next(request.args.get("next"))
    if target is None:
        target = url_for(frame().home) if frame().home in frame().endpoints() else request.script_root + "/"
    response = redirect(target, 303)
    response.set_cookie(
        COOKIE, language, max_age=YEAR, samesite="Lax", httponly=True,
        secure=bool(frame().setting("secure_cookies", False)), path=request.environ.get("portal.root") or "/",
    )  # fmt: skip
    return response


def install(app: Flask) -> None:
    app.add_url_rule("/language/<language>", "language", choose)
