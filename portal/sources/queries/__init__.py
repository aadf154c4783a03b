"""Reading sources: statements of a record with their citations, documents and what rests on them, records of any kind."""

from portal.sources.queries.claims import Cited, Claim, Facts, FactView, facts_of, statement
from portal.sources.queries.records import Standing, changed_last, hosts, record, records, values_now, values_then
from portal.sources.queries.register import (
    carried_by,
    document,
    document_at,
    documents,
    documents_meant,
    recent_documents,
)

__all__ = [
    "Cited", "Claim", "FactView", "Facts", "Standing", "carried_by", "changed_last", "document", "document_at", "documents",
    "documents_meant", "facts_of", "hosts", "recent_documents", "record", "records", "statement", "values_now",
    "values_then",
]  # fmt: skip
