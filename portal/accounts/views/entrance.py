"""Sign-in and sign-out."""

from __future__ import annotations

from flask import Response, request

from portal.accounts.forms import SignInForm
from portal.accounts.views import visitor
from portal.accounts.views.blueprint import bp
from portal.web import page
from portal.web.access import needs, public
from portal.web.forms import ButtonForm
from portal.web.frame import frame
from portal.web.i18n import _


@bp.route("/sign-in", methods=["GET", "POST"])
@needs(public)
def sign_in() -> Response:
    form = SignInForm()
    if request.method == "GET" and page.signed_in():
        return onward(form.next.data)
    if form.validate_on_submit():
        if visitor.enter(form.login.data, form.password.data):
            return onward(form.next.data)
        form.refuse(
            _("Login or password is wrong, or the account is disabled.")
            + " "
            + _("Check the spelling; whoever forgot the password gets a new one from the administrator.")
        )
    return page.render("accounts/sign_in.html", form=form)


@bp.post("/sign-out")
@needs(public)
def sign_out() -> Response:
    """Open to strangers, so that somebody whose session ran out meanwhile is signed out, not told to sign in."""
    form = ButtonForm()
    if not form.validate_on_submit():
        return page.render("accounts/sign_out.html", form=form)
    visitor.leave()
    page.flash(_("You have signed out."))
    return page.redirect_to("accounts.sign_in")


def onward(address: str | None) -> Response:
    """To the page the person wanted, else home."""
    home = frame().home if frame().home in frame().endpoints() else "accounts.account"
    return page.redirect_back(address, home)
