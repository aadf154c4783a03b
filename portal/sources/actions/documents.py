"""Registering and editing documents."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.actions.secrecy import set_secrecy
from portal.kernel.errors import InvalidInput
from portal.kernel.permission import Actor, need
from portal.kernel.settling import settle
from portal.kernel.when import When
from portal.sources import texts  # noqa: F401  registers what is searched
from portal.sources.actions.columns import set_plain
from portal.sources.actions.statements import leader, state
from portal.sources.facts import Pair
from portal.sources.models import Citation, Document
from portal.sources.queries import document_at

OWN = ("origin", "address", "file_name", "publisher", "language", "dated", "retrieved", "body")
PLAIN = ("note", "responsible", "reference", "placeholder")


def register_document(
    s: Session, actor: Actor, *, title_cs: str, title_en: str = "", origin: str = "public", address: str | None = None,
    publisher: str = "", language: str | None = None, dated: When | None = None, retrieved: When | None = None,
    file_name: str | None = None, body: str = "", key: str | None = None, confidential: bool = False,
    note_cs: str = "", note_en: str = "",
) -> Document:  # fmt: skip
    """Add a document. Refuses a second one with the same address (InvalidInput {address: address_taken}); one the actor
    may not see counts as absent, so that nobody learns of it."""
    need(actor, "document.add")
    if address and document_at(s, actor, address):
        raise InvalidInput({"address": "address_taken"})
    document = Document(
        key=key, origin=origin, address=address, publisher=publisher, language=language, file_name=file_name, body=body,
        confidential=confidential, note_cs=note_cs, note_en=note_en,
        certainty="document" if origin == "ministry" else "public",
    )  # fmt: skip
    document.dated, document.retrieved = dated, retrieved
    document.rename(title_cs, title_en)
    s.add(document)
    settle(s, [document])
    return document


def edit_document(s: Session, actor: Actor, document: Document, values: Mapping[str, object]) -> Document:
    """Change units of a document: `title` (a Pair), the columns `OWN` and `PLAIN`, confidential and readers.

    InvalidInput: name_missing, address_taken; `origin_cited` where facts rest on it as a document of the ministry.
    """
    need(actor, "document.edit", document)
    _check(s, actor, document, values)
    if "title" in values:
        _set(s, actor, document, "name", values["title"])
    for unit in OWN:
        if unit in values:
            _set(s, actor, document, unit, values[unit])
    set_plain(document, PLAIN, values)
    if "origin" in values:
        document.certainty = "document" if document.origin == "ministry" else "public"
    set_secrecy(s, actor, document, values)
    settle(s, [document])
    return document


def _set(s: Session, actor: Actor, document: Document, field: str, value: object) -> None:
    """Set one column; where something is stated of it, what is written now leads, and the statement stays beside it."""
    if field == "name":
        before = Pair(document.name_cs, document.name_en)
        document.rename(value.cs, value.en)
    else:
        before = getattr(document, field)
        column = Document.__table__.columns.get(field)
        setattr(document, field, "" if value is None and column is not None and not column.nullable else value)
    if (before or None) != (value or None) and leader(s, document.id, field) is not None:
        state(s, actor, document, field, value or None)


def _check(s: Session, actor: Actor, document: Document, values: Mapping[str, object]) -> None:
    found = {}
    if "title" in values and not values["title"]:
        found["title"] = "name_missing"
    other = document_at(s, actor, values["address"]) if values.get("address") else None
    if other is not None and other.id != document.id:
        found["address"] = "address_taken"
    if document.origin == "ministry" and values.get("origin", "ministry") != "ministry":
        if s.scalar(select(Citation.id).where(Citation.document_id == document.id).limit(1)):
            found["origin"] = "origin_cited"
    if found:
        raise InvalidInput(found)
