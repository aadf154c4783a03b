"""Events: panel meetings, summits, negotiations, bilateral talks, with those who took part, the outcome and the follow-ups.

Invariants: an event belongs to one framework or project at most, or to none (a summit may stand by itself); a follow-up is
always one of an event; who took part is kept as roles (`partners`), how many as a number of its own that nothing is counted
from.
"""
