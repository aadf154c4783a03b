"""Layouts of our own for reports: each makes a workbook from the records behind a due report, in either language.

    draft = LAYOUTS["scoreboard"].draft(order)      # plain tables, each row with a key and the records behind it
    made = write(draft, order)                      # the bytes, and what stands in every cell

Invariants: a layout says of itself that it is the portal's and not the Commission's; the same order at the same change gives the
same bytes; totals are formulas with their values saved; what is not known is said in
words. A layout names no account: what the law can have erased is in no file made here.
"""
