"""The one place where a request commits.

A request with an unsafe method commits when its answer is below 400 and its form was checked against forgery, else
everything is rolled back. A GET never commits.
"""

from __future__ import annotations

import logging

from flask import Flask, Response, abort, current_app, g, request

from portal.kernel import transaction
from portal.kernel.db import db
from portal.web import errors, page

log = logging.getLogger("portal.web")


def install(app: Flask) -> None:
    app.after_request(_finish)


def finish(response: Response) -> Response:
    """The one commit of a request."""
    if g.get("bare") or not db.session.registry.has():
        return response
    s = db.session()
    if not page.unsafe():
        left = [*s.new, *s.dirty, *s.deleted]
        transaction.rollback(s)
        if left and current_app.testing:
            raise RuntimeError(f"a GET left unsaved work: {left[:3]}")
        return response
    if response.status_code >= 400:
        transaction.rollback(s)
    elif g.get("forgery_checked"):
        transaction.commit(s)
    else:
        transaction.rollback(s)
        log.error("%s answered without a checked form: rolled back", request.endpoint)
        abort(400)
    return response


def _finish(response: Response) -> Response:
    try:
        response = finish(response)
    except Exception as error:
        if current_app.testing and isinstance(error, RuntimeError):
            raise
        response = errors.answer(error)
    response.headers["X-Request-ID"] = page.request_id()
    return response
