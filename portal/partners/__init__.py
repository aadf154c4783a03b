"""Partners: organisations and countries, and the typed roles they hold in frameworks and projects (participations).

Invariants: a participation names one participant (organisation or country) in one record with one role; the words of the
source stay beside the typed role; a role is never typed more strongly than its source states it.
"""
