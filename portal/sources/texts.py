"""What of a document is searched: title, publisher, file name. Registered when the feature's actions are imported."""

from __future__ import annotations

from portal.kernel.settling import searchable
from portal.kernel.words import KEY_PHRASE, NAME


def _document(s, documents):
    for d in documents:
        yield d.id, d.id, d.name_cs, "cs", NAME
        yield d.id, d.id, d.name_en, "en", NAME
        yield d.id, d.id, d.publisher, d.language or "cs", KEY_PHRASE


searchable("document", _document)
