"""Pages of sources: the register of documents, what each carries, and all that is stated of one fact."""

from __future__ import annotations

from flask import Flask

from portal.sources.views import documents, facts, statements  # noqa: F401  their routes
from portal.sources.views.blueprint import bp

__all__ = ["bp", "install"]


def install(app: Flask) -> None:
    """Navigation, where documents have their page, their list as a file; what documents state by a day."""
    from portal.sources import queries, sheet, stated
    from portal.web import links, nav
    from portal.web.i18n import lazy_gettext as _l
    from portal.workbooks.exports import Export, register

    folder = app.extensions["portal_settings"].data / "stated"
    app.extensions["portal.stated"] = lambda live, day: stated.reading(stated.stated_by(live, day, folder), day)
    nav.register(app, "sources.documents", _l("Sources"), needs="document.read", order=70, also=("sources",), key="s")
    links.register(app, "document", "sources.document", "document_id")
    register(
        app,
        Export(
            sheet.DOCUMENTS, documents.LISTING, lambda v: queries.documents(v.actor), "document.read",
            queries.with_responsible,
        ),
    )  # fmt: skip
