"""Error pages: what happened in plain words, a reference for the log, and a way on.

Errors of the kernel answer like their HTTP brothers: NotFound 404, Forbidden 403, Stale 409, Refused and InvalidInput 422,
ImportRunning 503; what somebody else changed or took away at the same moment is 409. An unforeseen error is 500: logged with
the reference, and its page touches neither database nor person.
"""

from __future__ import annotations

import logging

from flask import Flask, Response, g, make_response, render_template, request
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError
from werkzeug.exceptions import HTTPException, InternalServerError

from portal.kernel import errors as kernel
from portal.web import asof, page
from portal.web.forms import kept
from portal.web.i18n import _, say
from portal.web.i18n import lazy_gettext as _l

log = logging.getLogger("portal.web")

WORDS = {
    400: (
        _l("The request was not understood"),
        _l("The browser sent something the portal cannot read. Go back, reload the page and try again."),
    ),
    401: (_l("You are no longer signed in"), _l("Sign in again; what you wrote is kept below.")),
    403: (
        _l("You may not open this"),
        _l(
            "Your role, or the frameworks in which you write, do not allow it. If you need it for your work, ask the "
            "administrator of the portal."
        ),
    ),
    404: (
        _l("There is nothing here"),
        _l("The address is wrong, or the record is not available to you. Try the search or a list."),
    ),
    405: (
        _l("This is not done here"),
        _l("The address exists, but not for this step. Go back and use the button on the page."),
    ),
    409: (
        _l("Somebody changed it meanwhile"),
        _l("Your change was not saved. Go back, reload the page to see the present state, and repeat your change."),
    ),
    413: (
        _l("That is too large"),
        _l("What you sent is larger than the portal accepts, nothing was saved. Shorten the text or send a smaller file."),
    ),
    422: (_l("This cannot be done"), _l("Nothing was saved. Go back and correct what you entered.")),
    429: (_l("Too many attempts"), _l("Wait a few minutes, then try again.")),
    500: (
        _l("Something broke on our side"),
        _l("Nothing of your last step was saved. Try again; if it happens again, give the administrator the reference."),
    ),
    503: (
        _l("The portal is busy writing"),
        _l("A long import is running and nothing was saved. Try again in a few minutes."),
    ),
}  # fmt: skip
CODES = {
    kernel.NotFound: 404,
    kernel.Forbidden: 403,
    kernel.Stale: 409,
    kernel.Refused: 422,
    kernel.InvalidInput: 422,
    kernel.ImportRunning: 503,
    kernel.ReadOnlyPast: 405,
    StaleDataError: 409,
    ObjectDeletedError: 409,
}


def code_of(error: BaseException) -> int:
    if isinstance(error, HTTPException):
        return error.code or 500
    return next((code for kind, code in CODES.items() if isinstance(error, kind)), 500)


def error_page(
    code: int,
    detail: str | None = None,
    bare: bool = False,
    back: bool = False,
    way: str | None = None,
    told: bool = False,
) -> Response:
    """The page of `code`. `detail` is what the person must know instead of the general words; `back`: what was typed comes back,
    to be sent again; `told`: only to be read; `way`: the address of the record that it is about."""
    title, text = WORDS.get(code) or WORDS[400 if code < 500 else 500]
    if bare or g.get("bare"):
        g.bare = True
    if g.get("past_refused") or (code == 405 and asof.away()):
        text = _l("You are looking at the past, where nothing can be changed. Return to the present and do it there.")
    if code == 404 and asof.away() and asof.stated_on():
        text = _l(
            "No document dated by that day states such a record. Or the address is wrong, or the record is not available to you. "
            "Try it in the present."
        )
    elif code == 404 and asof.away():
        text = _l(
            "The portal knew no such record at that time: it may have been added later. Or the address is wrong, or the record "
            "is not available to you. Try it in the present."
        )
    body = render_template(
        "errors/error.html", code=code, title=title, text=detail or text, way=way,
        kept=kept.sendable(request.form) if back else [],
        told=kept.told(request.form, request.blueprint) if back or told else [],
    )  # fmt: skip
    return make_response(body, code)


def answer(error: BaseException, logged: bool = False) -> Response:
    """The answer to any error: its page, and the log entry of an unforeseen one (`logged`: Flask wrote its story)."""
    code = code_of(error)
    if code == 500:
        story = None if logged else error
        log.error("%s %s failed, reference %s", request.method, request.path, page.request_id(), exc_info=story)
    detail = None
    if isinstance(error, (kernel.Refused, kernel.InvalidInput)) and getattr(error, "message", None):
        detail = say(error)
    gone = isinstance(error, kernel.TakenAway)
    if gone:
        detail = _("Somebody else took it away meanwhile, so there is nothing to change. What you wrote stands below.")
    unlucky = isinstance(error, (kernel.ImportRunning, StaleDataError, ObjectDeletedError))
    back = unlucky and request.method == "POST" and bool(request.form)
    params = getattr(error, "params", None)  # ours; those of a statement that failed are something else
    way = params.get("way") if isinstance(error, kernel.PortalError) and params else None
    response = error_page(code, detail, bare=code >= 500, back=back, way=way, told=gone)
    for header in ("Allow", "Retry-After"):
        if isinstance(error, HTTPException):
            value = dict(error.get_headers()).get(header)
            if value:
                response.headers[header] = value
    return response


def signed_out() -> Response:
    """A stranger sent a form (the sign-in ended meanwhile): what was typed comes back, to be sent again after sign-in."""
    title, text = WORDS[401]
    body = render_template(
        "errors/signed_out.html", code=401, title=title, text=text, kept=kept.sendable(request.form),
        told=kept.told(request.form, request.blueprint),
    )  # fmt: skip
    return make_response(body, 401)


def install(app: Flask) -> None:
    def handle(error):
        if isinstance(error, HTTPException) and error.response is not None:
            return error.response
        if isinstance(error, HTTPException) and error.code and error.code < 400:
            return error
        if isinstance(error, InternalServerError) and error.original_exception is not None:
            return answer(error.original_exception, logged=True)
        return answer(error)

    app.register_error_handler(HTTPException, handle)
    app.register_error_handler(500, handle)
    for kind in CODES:
        app.register_error_handler(kind, handle)
