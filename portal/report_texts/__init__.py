"""Texts of a report's own: what is said of progress, problems, visibility and so on, in Czech and English, within the limits of
where they go.

Invariants: texts are written while their report is in preparation, and frozen with it. A text over a limit is kept and said to be
over it; what limits are asked is what the layouts and the recipient's mapped file say, each counted in its own way. Explanations
of variations stand with their lines (`portal.budgets`) and are told here beside the rest.
"""
