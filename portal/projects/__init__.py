"""Projects: umbrella projects and their parts, further frameworks, countries, sectors, themes, possibly-the-same links.

Invariants: a part's umbrella is no part itself; a project ends no earlier than it starts (as far as the dates say so
surely); the status carries the date it holds for, or says it is derived.
"""
