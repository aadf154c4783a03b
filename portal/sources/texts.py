"""What of a document is searched: title, publisher, file name. Registered when the feature's actions are imported."""

from __future__ import annotations

from portal.kernel.search import OWN_NAME, PHRASE
from portal.kernel.settling import searchable


def _document(s, documents):
    for d in documents:
        yield d.id, d.id, d.name_cs, "cs", OWN_NAME
        yield d.id, d.id, d.name_en, "en", OWN_NAME
        yield d.id, d.id, d.publisher, d.language or "cs", PHRASE


searchable("document", _document)
