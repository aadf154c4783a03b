"""What the portal can write into a donor's workbook: single values of a report, and sources of repeated rows.

    about("contract", N_("Contract"))
    offer("contract.number", N_("Contract number"), ("Contract number", "Číslo smlouvy"), lambda asked: …)
    source("payments", N_("Payments of the period"), lines)
    offer("payments.date", N_("Date"), ("Date of payment",), lambda asked, line: …, rows="payments")

Another feature adds its own in the same way when it is imported. A function answers with `known`, `unknown` or `nothing`:
what the portal does not know is said to be unknown, with the reason, and never made up. It tells of which records the value
says something (`asked.says`); most readers of `reading` do so by themselves.
"""

from portal.donor_workbooks.catalogue import contract, meetings, money, payments, projects, report, results, subject
from portal.donor_workbooks.catalogue.registry import (
    KNOWN,
    NOTHING,
    UNKNOWN,
    Asked,
    Behind,
    Found,
    Lines,
    Offer,
    Quoted,
    Source,
    about,
    about_of,
    answer,
    known,
    known_money,
    lines_of,
    nothing,
    numbered,
    offer,
    offer_of,
    offers,
    source,
    sources,
    unknown,
)

__all__ = [
    "KNOWN", "NOTHING", "UNKNOWN", "Asked", "Behind", "Found", "Lines", "Offer", "Quoted", "Source", "about", "about_of",
    "answer", "known", "known_money", "lines_of", "nothing", "numbered", "offer", "offer_of", "offers", "source", "sources",
    "unknown",
]  # fmt: skip
_ORDER = (report, contract, subject, money, payments, projects, results, meetings)
"""Each registers what it knows; people are offered it in this order."""
