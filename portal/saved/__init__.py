"""Saved views: a page with its filters under a name, for oneself or for everybody, and one of them as one's own start.

Invariants. A view is account data, no data of the portfolio: unversioned, gone with its person. It holds the filters of an
address (`pages`), never what they found; whoever opens it sees what they may see today. Only its owner changes it.
"""
