"""The overview of cooperation for the Commission: gathered as plain rows (`gather`), then written as a workbook.

found = gather(s, actor, scope, lang)          # Overview: rows in words, footnotes numbered as they are met
data = workbook(found, moment_words, at)       # bytes
"""

from portal.reporting.overview.gathering import gather
from portal.reporting.overview.workbook import workbook

__all__ = ["gather", "workbook"]
