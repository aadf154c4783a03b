"""One's own account: language and password."""

from __future__ import annotations

from flask import Response, url_for

from portal.accounts import actions, queries
from portal.accounts.forms import LanguageForm, PasswordForm
from portal.accounts.rules import token_hash
from portal.accounts.views import visitor
from portal.accounts.views.blueprint import bp
from portal.kernel.errors import InvalidInput
from portal.web import page
from portal.web.access import needs
from portal.web.i18n import _


@bp.get("/account")
@needs("account.own")
def account() -> Response:
    return _page(LanguageForm(obj=_me()), PasswordForm())


@bp.post("/account/language")
@needs("account.own")
def choose_language() -> Response:
    form = LanguageForm()
    if not form.validate_on_submit():
        return _page(form, PasswordForm(formdata=None))
    actions.choose_language(page.session(), page.actor(), form.lang.data)
    if form.lang.data is None:
        page.flash(_("Saved. The language chosen in this browser stays until you choose another."))
        return page.redirect_to("accounts.account")
    # The language link sets the cookie, which would otherwise go on speaking the language of before.
    return page.redirect_to("language", language=form.lang.data, next=url_for("accounts.account"))


@bp.post("/account/password")
@needs("account.own")
def change_password() -> Response:
    form = PasswordForm()
    if not form.validate_on_submit():
        return _page(LanguageForm(formdata=None, obj=_me()), form)
    login = _me().login
    checked = visitor.confirm(login, form.present.data)
    if checked is None:
        form.refuse(InvalidInput({"present": _("This is not your present password.")}))
        return _page(LanguageForm(formdata=None, obj=_me()), form)
    try:
        with page.unlocked():
            password = actions.hashed(form.password.data, login)
    except InvalidInput as error:
        form.refuse(error)
        return _page(LanguageForm(formdata=None, obj=_me()), form)
    actions.change_own_password(
        page.session(), page.actor(), password, checked=checked, keep=token_hash(visitor.token() or "")
    )
    page.flash(_("The password is changed. You stay signed in here, everywhere else you were signed out."))
    return page.redirect_to("accounts.account")


def _me():
    return queries.person(page.live_session(), page.actor(), page.actor().person_id)


def _page(language_form: LanguageForm, password_form: PasswordForm) -> Response:
    me, s = _me(), page.live_session()
    given = set(queries.frameworks_given(s, me.id))
    names = [name for i, name, _depth in queries.framework_tree(s, page.actor(), page.lang()) if i in given]
    return page.render(
        "accounts/account.html", me=me, given=names, language_form=language_form, password_form=password_form
    )
