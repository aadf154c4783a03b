"""The blueprint of accounts: it tells the frame who is signed in, by what links and in which language."""

from __future__ import annotations

from flask import Blueprint, redirect, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from portal.accounts.forms import ROLE_NAMES
from portal.accounts.views import visitor
from portal.web import asof, page
from portal.web.frame import frame
from portal.web.i18n import lazy_gettext as _l

bp = Blueprint("accounts", __name__)


@bp.record_once
def install(state: BlueprintSetupState) -> None:
    app = state.app
    visitor.install(app)
    app.jinja_env.globals["role_name"] = lambda role: str(ROLE_NAMES.get(role, role))
    frame(app).sign_in = "accounts.sign_in"
    frame(app).account_links += [
        ("accounts.account", _l("My account"), "get"),
        ("accounts.people", _l("People and rights"), "get"),
        ("accounts.sign_out", _l("Sign out"), "post"),
    ]


@bp.before_request
def only_the_present() -> ResponseReturnValue | None:
    """Accounts are never shadowed: asked about the past, these pages answer with the present, and say so by the address."""
    if asof.away() and request.method in page.SAFE:
        return redirect(asof.present_url(), 302)
    return None
