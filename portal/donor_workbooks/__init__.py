"""Workbooks of donors: the recipient's own file, mapped once, filled for a report.

Invariants: the bytes of a file never change. A mapping belongs to one file, and each of its cells was confirmed by a person; a
newer file begins without any. A file is used only for periods within its own, and an older one gives way to the newer. What is
filled is what the portal knows as the actor may see it; unknown stays unknown, and nothing is written that stands over its limit.
"""
