"""Archiving and withdrawing records, and putting them back in force. Nothing is deleted.

Invariants: every change of standing has a reason; a withdrawn record counts nowhere and keeps its page; a framework with
something of its own in force under it is not withdrawn. The predicate is `portal.kernel.standing.in_force`.
"""
