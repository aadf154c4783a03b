"""Reading sources: statements of a record with their citations, documents and what rests on them, records of any kind."""

from portal.sources.queries.claims import (
    CONTRADICTORY,
    UNSOURCED,
    UNSURE,
    Cited,
    Claim,
    Facts,
    FactView,
    disputed,
    disputes,
    facts_of,
    led,
    statement,
)
from portal.sources.queries.filters import certainty, names_where, responsible
from portal.sources.queries.leads import Led, led_changed, led_now, led_then
from portal.sources.queries.naming import names_nothing_hidden
from portal.sources.queries.records import (
    Standing,
    changed_last,
    hosts,
    kinds_of,
    names_of_kinds,
    record,
    records,
    values_now,
    values_then,
)
from portal.sources.queries.register import (
    DOCUMENT_ID,
    answered_by,
    by_date,
    by_title,
    carried_by,
    dated_in,
    document,
    document_at,
    documents,
    documents_meant,
    facts_carried,
    in_language,
    languages_used,
    meets,
    of_origin,
    recent_documents,
    with_responsible,
)

__all__ = [
    "CONTRADICTORY", "Cited", "Claim", "DOCUMENT_ID", "FactView", "Facts", "Led", "Standing", "UNSOURCED", "UNSURE",
    "answered_by", "by_date", "by_title", "carried_by", "certainty", "changed_last", "dated_in", "disputed",
    "disputes", "document", "document_at", "documents", "documents_meant", "facts_carried", "facts_of", "hosts",
    "in_language", "kinds_of",
    "languages_used", "led", "led_changed", "led_now", "led_then", "meets", "names_nothing_hidden", "names_of_kinds",
    "names_where", "of_origin", "recent_documents", "record", "records", "responsible", "statement", "values_now",
    "values_then", "with_responsible",
]  # fmt: skip
