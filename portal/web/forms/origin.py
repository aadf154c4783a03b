"""Is this form really from our page, sent by the person who opened it?

The token is signed, ages, and is tied to the browser session and to the person signed in. Beside it the browser's own
word is heard: a foreign `Origin` or `Sec-Fetch-Site` refuses the form even with a good token.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import g, request, session
from flask_wtf.csrf import _FlaskFormCSRF
from wtforms import ValidationError

from portal.web.i18n import _


class Token(_FlaskFormCSRF):
    """Flask-WTF's token, tied to the person: another person's token, or one from before sign-in, does not pass."""

    def generate_csrf_token(self, csrf_token_field):
        tie_to_person(self.meta.csrf_field_name)
        return super().generate_csrf_token(csrf_token_field)

    def validate_csrf_token(self, form, field):
        tie_to_person(self.meta.csrf_field_name)
        try:
            super().validate_csrf_token(form, field)
        except ValidationError as error:
            form.forged = True
            raise ValidationError(explain(str(error))) from None


def tie_to_person(name: str) -> None:
    """Forget the session's secret when it was made for somebody else."""
    from portal.web import page

    person = page.actor().person_id
    if name in session and session.get("csrf_for") != person:
        session.pop(name)
        g.pop(name, None)
    if session.get("csrf_for") != person or "csrf_for" not in session:
        session["csrf_for"] = person


def explain(reason: str) -> str:
    if "expired" in reason:
        why = _("The form was open too long.")
    elif "missing" in reason:
        why = _("The form came without its security mark; the browser may be blocking cookies.")
    else:
        why = _("The form does not belong to this sign-in.")
    return f"{why} {again()}"


def again() -> str:
    return _("Nothing was saved. What you wrote is still here: check it and press the button again.")


def foreign() -> bool:
    """Whether the browser says that the request comes from another site."""
    site = request.headers.get("Sec-Fetch-Site")
    if site and site not in ("same-origin", "none"):
        return True
    origin = request.headers.get("Origin")
    if origin is None:
        return False
    theirs, ours = urlsplit(origin), urlsplit(request.host_url)
    # A browser that vouches for the origin itself also vouches for the scheme a proxy may have hidden from us.
    return theirs.netloc != ours.netloc or (site is None and theirs.scheme != ours.scheme)


def foreign_message() -> str:
    return _("The form was sent from another site.") + " " + again()
