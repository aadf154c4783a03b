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
from portal.sources.actions.upholding import upheld
from portal.sources.facts import Pair
from portal.sources.models import Citation, Document
from portal.sources.queries import document_at
from portal.sources.rules import where_in

OWN = ("origin", "address", "file_name", "publisher", "language", "dated", "retrieved", "body")
PLAIN = ("note", "responsible", "reference", "file_mark", "placeholder")


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


def add_document(s: Session, actor: Actor, values: Mapping[str, object]) -> Document:
    """Register a document with all its units at once, as `edit_document` takes them.

    InvalidInput: name_missing, address_taken.
    """
    if not values["name"]:
        raise InvalidInput({"name": "name_missing"})
    own = {unit: values[unit] for unit in OWN if values.get(unit) is not None}
    document = register_document(s, actor, title_cs=values["name"].cs, title_en=values["name"].en, **own)
    set_plain(document, PLAIN, values)
    set_secrecy(s, actor, document, values)
    settle(s, [document])
    return document


def edit_document(s: Session, actor: Actor, document: Document, values: Mapping[str, object]) -> Document:
    """Change units of a document: `name` (a Pair, its title), the columns `OWN` and `PLAIN`, confidential and readers.

    InvalidInput: name_missing, address_taken; `origin_cited` where facts rest on it as a document of the ministry;
    `quotation_lost` where a verbatim quotation would no longer stand in its text.
    """
    need(actor, "document.edit", document)
    _check(s, actor, document, values)
    if "name" in values:
        _set(s, actor, document, "name", values["name"])
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
    if "name" in values and not values["name"]:
        found["name"] = "name_missing"
    address = values.get("address")
    if address and address != document.address and document_at(s, actor, address, beside=document.id):
        found["address"] = "address_taken"
    if document.origin == "ministry" and values.get("origin", "ministry") != "ministry":
        if s.scalar(select(Citation.id).where(Citation.document_id == document.id).limit(1)):
            found["origin"] = "origin_cited"
    if "body" in values and values["body"] != document.body:
        quoted = s.scalars(
            select(Citation.quotation)
            .where(Citation.document_id == document.id, Citation.verbatim.is_(True))
            .distinct()
        )
        if any(where_in(document.body, q) and not where_in(values["body"] or "", q) for q in quoted):
            found["body"] = "quotation_lost"
    if found:
        raise InvalidInput(found)


def _uphold(s: Session, actor: Actor, document: Document, before: Document) -> None:
    """What `edit_document` asks, of a document as an undo left it."""
    now = {"name": Pair(document.name_cs, document.name_en)}
    now |= {unit: getattr(document, unit) for unit in ("address", "origin", "body")}
    _check(s, actor, before, now)


upheld("document", _uphold)
