"""Budgets of contracts by PRAG cost headings, their versions by addendum, and what was spent.

So far the rules alone: headings and lines, what a budget adds up to, how far headings may shift, what an item of expenditure must
keep to. Tables and pages follow.

Invariants: a version of a budget is never edited after the next one was agreed; a total is the sum of its lines, each rounded
for itself to the cent; what a limit allows is computed from the same cents that are shown.
"""
