"""Contact persons at partners: whom to call, why the office keeps that, and on which day it no longer does.

Invariants: a contact has a purpose and a day on which its data are deleted; on that day, or at once when somebody says so, what
is personal goes for good, from the record, every state of its history, search, comments and reasons. What stays is that there
was a contact and when it was deleted. A contact states no fact and rests on no source (docs/decisions/0053-contacts.md).
"""
