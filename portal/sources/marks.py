"""Source marks of facts: from a claim (one statement with its citations) to the numbered marks of a page.

    marks = Marks()                                   # in the view, passed to the template
    {% for mark in claim_marks(marks, claim) %}{{ f.src(mark) }}{% endfor %}      # one mark per document
    {{ f.src(claim_mark(marks, claim)) }}             # only the first
    {{ f.sources(marks) }}                            # at the end of the page

A mark stands for what a claim quotes of one document, so two facts resting on the same words share its number. A mark is drawn
by what it says of this fact: a doubtful reading of a ministry document is drawn as doubtful, not as a document of the ministry.
"""

from __future__ import annotations

from flask import current_app, url_for

from portal.kernel import codes
from portal.kernel.record import Record
from portal.sources.models import Citation, Document, Statement
from portal.sources.queries import Claim
from portal.sources.rules import allowed_certainty
from portal.web.i18n import lang
from portal.web.marks import Mark, Marks, Passage

PAGE = "sources.document"


def marks_of(marks: Marks, claim: Claim | None) -> tuple[Mark, ...]:
    """The marks of a claim, one for each document in the order of its citations; none where it has no source the person may
    see."""
    if claim is None:
        return ()
    by_document: dict[int, tuple[Document, list[Citation]]] = {}
    for one in claim.cited:
        by_document.setdefault(one.document.id, (one.document, []))[1].append(one.citation)
    made = (_mark(marks, claim.statement, citations, document) for document, citations in by_document.values())
    return tuple(mark for mark in made if mark is not None)


def _mark(marks: Marks, statement: Statement, citations: list[Citation], document: Document) -> Mark | None:
    certainty = allowed_certainty(statement.certainty, document.origin)
    precision = precision_text(statement)
    citation, *further = citations
    said = tuple((one.place, one.quotation) for one in citations)
    key = (document.id, said, certainty, precision)
    return marks.note(
        key,
        certainty=certainty,
        title=document.name(lang()) or f"#{document.id}",
        title_lang=name_language(document),
        quotation=citation.quotation or None,
        quotation_lang=citation.quotation_lang or document.language,
        verbatim=citation.verbatim,
        publisher=document.publisher or None,
        dated=document.dated,
        place=citation.place or None,
        further=tuple(
            Passage(one.quotation or None, one.quotation_lang or document.language, one.place or None)
            for one in further
        ),
        precision=precision,
        url=document_address(document, citation),
        facts_url=_page(document),
    )


def precision_text(statement: Statement) -> str | None:
    """How precise a statement is, in words, with what its source adds to that."""
    word = codes.label("precisions", statement.precision, lang())
    said = (part for text in (word, statement.precision_note(lang())) for part in (text or "").split("; ") if part)
    return "; ".join(dict.fromkeys(said)) or None  # a note may begin with the very word


def name_language(record: Record) -> str:
    """The language in which `record.name(lang())` really is."""
    other = "en" if lang() == "cs" else "cs"
    return lang() if getattr(record, f"name_{lang()}") else other


def document_address(document: Document, citation: Citation | None = None) -> str | None:
    """Where the document can be read: its text in the portal at the quotation, else its own address."""
    if document.body and PAGE in current_app.view_functions:
        anchor = f"quotation-{citation.id}" if citation is not None and citation.quotation else None
        return url_for(PAGE, document_id=document.id, view="text", _anchor=anchor)
    return document.address


def _page(document: Document) -> str | None:
    return url_for(PAGE, document_id=document.id) if PAGE in current_app.view_functions else None
