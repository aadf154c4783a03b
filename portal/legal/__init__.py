"""Legal and policy instruments: agreements, directives, acts, resolutions, principles, action plans, planned amendments.

Invariants: a legal instrument has a name; it is not laid down in itself; what it grounds is said by links, what it is laid down
in by a column; its status holds for a time and is no surer than the source that gives it.
"""
