"""Reading the register of documents: one, all of them, the ones a person means, and what rests on each."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, aliased

from portal.accounts.queries import names
from portal.kernel.permission import Actor, visible_to
from portal.kernel.record import Record, may_fall_into
from portal.kernel.search import hits, matching
from portal.kernel.text import fold
from portal.sources.models import Citation, Document, Statement
from portal.sources.queries.filters import responsible
from portal.sources.queries.naming import names_nothing_hidden
from portal.web.listing import Choice


def document(s: Session, actor: Actor, document_id: int) -> Document | None:
    """One visible document."""
    return s.scalar(select(Document).where(Document.id == document_id, visible_to(actor, Document)))


def facts_carried(actor: Actor):
    """SQL expression: how many statements the actor may see cite the document."""
    return (
        select(func.count(func.distinct(Citation.statement_id)))
        .join(Statement, Statement.id == Citation.statement_id)
        .where(
            Citation.document_id == Document.id,
            visible_to(actor, Statement.record_id),
            names_nothing_hidden(actor),
        )
        .correlate(Document)
        .scalar_subquery()
    )


def documents(actor: Actor) -> Select:
    """SELECT of visible documents with the number of facts each carries, of those the actor may see: (Document, facts)."""
    return select(Document, facts_carried(actor).label("facts")).where(visible_to(actor, Document))


def with_responsible(s: Session, actor: Actor, rows: Sequence) -> list[tuple[Document, int, str | None]]:
    """The rows of `documents` with the name of the person who answers for each, for files."""
    people = names(s, [document.responsible_id for document, _facts in rows])
    return [(document, facts, people.get(document.responsible_id)) for document, facts in rows]


DOCUMENT_ID = Document.id


def meets(s: Session, actor: Actor, text: str) -> ColumnElement[bool]:
    """SQL predicate: the document has all words of the text."""
    return matching(s, actor, text, Document.id)


def of_origin(code: str) -> ColumnElement[bool]:
    """SQL predicate: a document of the ministry, or a public one."""
    return Document.origin == code


def in_language(code: str) -> ColumnElement[bool]:
    """SQL predicate: the document is in this language."""
    return Document.language == code


def dated_in(year: int) -> ColumnElement[bool]:
    """SQL predicate: the date of the document can lie in this year."""
    return may_fall_into(Document.dated_from, Document.dated_to, Document.dated_edtf, (year, year))


def answered_by() -> Choice:
    """The filter of who answers for a document."""
    return responsible(Document)


def by_title(lang: str) -> list:
    """Order: titles in the order of the language."""
    return [Document.order_cs if lang == "cs" else Document.order_en]


def by_date() -> list:
    """Order: the date of the document."""
    return [Document.dated_from]


def languages_used(s: Session, actor: Actor) -> list[str]:
    """The languages of the visible documents."""
    used = select(Document.language).where(Document.language.is_not(None), visible_to(actor, Document)).distinct()
    return list(s.scalars(used.order_by(Document.language)))


def carried_by(s: Session, actor: Actor, document_id: int) -> list[tuple[Citation, Statement, Record]]:
    """What a document carries: its quotations, the statements on them and their records, where the actor may see those and
    what they name."""
    record = aliased(Record)
    return list(
        s.execute(
            select(Citation, Statement, record)
            .join(Statement, Statement.id == Citation.statement_id)
            .join(record, record.id == Statement.record_id)
            .where(Citation.document_id == document_id, visible_to(actor, record), names_nothing_hidden(actor))
            .order_by(Citation.place, Citation.quotation, record.kind, record.order_cs, Statement.field)
        )
    )


def document_at(s: Session, actor: Actor, address: str, *, beside: int | None = None) -> Document | None:
    """The visible document with this address, another one than `beside`, however its end is written (a final slash)."""
    forms = {address, address.rstrip("/"), address.rstrip("/") + "/"}
    there = Document.address.in_(forms), Document.id != (beside or 0), visible_to(actor, Document)
    return s.scalar(select(Document).where(*there).order_by(Document.id).limit(1))


def documents_meant(s: Session, actor: Actor, text: str, limit: int = 21) -> list[Document]:
    """The visible documents somebody may mean by an address, a title or a few words of it, the best first.

    One whose address or title is exactly the text is meant alone.
    """
    at = document_at(s, actor, text)
    if at is not None:
        return [at]
    ranked = hits(actor, text)
    if ranked is None:
        return []
    ranked = ranked.subquery()
    found = s.scalars(
        select(Document)
        .join(ranked, ranked.c.record_id == Document.id)
        .where(visible_to(actor, Document))
        .order_by(ranked.c.score.desc(), Document.order_cs, Document.id)
        .limit(limit)
    ).all()
    exact = [d for d in found if fold(text) in (fold(d.name_cs), fold(d.name_en))]
    return exact if len(exact) == 1 else list(found)


def recent_documents(s: Session, actor: Actor, limit: int = 200) -> list[Document]:
    """The visible documents registered last: what a source field offers while one types."""
    return list(
        s.scalars(select(Document).where(visible_to(actor, Document)).order_by(Document.id.desc()).limit(limit))
    )
