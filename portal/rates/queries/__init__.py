"""Every SELECT of rates, and the daily rates of the Central Bank."""

from portal.rates.queries.book import RateBook, book
from portal.rates.queries.drafts import draft, draft_lines
from portal.rates.queries.monthly import count_of_loaded, editions, loaded, selected

__all__ = ["RateBook", "book", "count_of_loaded", "draft", "draft_lines", "editions", "loaded", "selected"]
