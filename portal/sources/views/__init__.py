"""Pages of sources: the register of documents, what each carries, and all that is stated of one fact."""

from __future__ import annotations

from flask import Blueprint, Flask

bp = Blueprint("sources", __name__)

from portal.sources.views import documents, facts, statements  # noqa: E402, F401  they add to bp


def install(app: Flask) -> None:
    """Navigation, and where documents have their page."""
    from portal.web import links, nav
    from portal.web.i18n import lazy_gettext as _l

    nav.register(app, "sources.documents", _l("Sources"), needs="document.read", order=70, also=("sources",))
    links.register(app, "document", "sources.document", "document_id")
