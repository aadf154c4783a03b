"""The brief of a country or region: what one takes to a meeting, on a page, in Word and in Excel.

found = gather(s, actor, record, lang, contacts=True)         # Brief: sections of rows, each with the columns it is written in
said(section, row, lang)                       # the words of its cells, for a page and for Word
document(found, …), workbook(found, …)         # bytes
"""

from portal.reporting.brief.book import workbook
from portal.reporting.brief.gathering import gather
from portal.reporting.brief.sections import Brief, Section
from portal.reporting.brief.word import document
from portal.reporting.brief.words import said

__all__ = ["Brief", "Section", "document", "gather", "said", "workbook"]
