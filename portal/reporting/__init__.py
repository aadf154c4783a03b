"""Reports for the European Commission: so far the overview of cooperation, an Excel workbook of our own layout.

Invariants: what is in a report passed `visible_to`; its sums are those of `figures`; a value is shown only where a source
that the reader chose to rely on states it, and every such value names its footnote; the same data at the same moment give
the same bytes.
"""
