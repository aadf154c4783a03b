"""Budgets of contracts by PRAG cost headings, their versions by addendum and use of contingencies, and what was spent.

Invariants: a version of a budget is a draft until it is agreed, and is not edited after; the next one is a version of its own.
A total is the sum of its lines, each rounded for itself to the cent; what a limit allows is computed from the same cents that are
shown. Expenditure hangs on the due report it is claimed in, is written only while that is in preparation, and is converted by
the contract's regime over that report's period, each item rounded by itself; one without a rate is in no sum and is counted.
"""
