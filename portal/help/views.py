"""The addresses of help. All but the accessibility statement are for whoever is signed in."""

from __future__ import annotations

import re
from pathlib import Path

from flask import Blueprint, Flask

from portal.help import chapters, glossary
from portal.kernel.errors import NotFound
from portal.web import assets, nav, page
from portal.web.access import needs, public, signed_in
from portal.web.frame import frame
from portal.web.i18n import lazy_gettext as _l

bp = Blueprint("help", __name__)

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "guide" / "pictures"


@bp.get("/help")
@needs(signed_in)
def contents():
    return page.render("help/contents.html", chapters=chapters.CHAPTERS)


@bp.get("/help/<chapter>")
@needs(signed_in)
def chapter(chapter: str):
    if chapter not in chapters.CHAPTERS:
        raise NotFound(chapter=chapter)
    before, after = chapters.around(chapter)
    return page.render("help/chapter.html", name=chapter, before=before, after=after)


@bp.get("/help/glossary", endpoint="glossary")
@needs(signed_in)
def glossary_page():
    return page.render("help/glossary.html", terms=glossary.terms(page.lang()))


@bp.get("/help/keyboard")
@needs(signed_in)
def keyboard():
    return page.render("help/keyboard.html", entries=[one for one in nav.entries() if one.key])


@bp.get("/help/accessibility")
@needs(public)
def accessibility():
    contact = frame().setting("contact")
    return page.render("help/accessibility.html", contact=contact, contact_url=_address(contact or ""))


def _address(contact: str) -> str | None:
    """What a click on the contact opens: a letter or a call; None where it is a sentence."""
    if re.fullmatch(r"[^@\s]+@[^@\s]+", contact):
        return f"mailto:{contact}"
    if re.fullmatch(r"\+?[\d\s\u00a0()-]{6,30}", contact):
        return "tel:" + re.sub(r"[^\d+]", "", contact)
    return None


def install(app: Flask) -> None:
    """Links of the frame, and the pictures of the guide among the files that are served."""
    own = frame(app)
    own.help, own.glossary, own.keyboard = "help.contents", "help.glossary", "help.keyboard"
    own.footer_links += [("help.contents", _l("Help")), ("help.accessibility", _l("Accessibility"))]
    own.account_links.insert(0, ("help.contents", _l("Help"), "get"))
    for picture in sorted(PICTURES.glob("*.webp")):
        assets.add(app, f"guide/{picture.name}", picture)
