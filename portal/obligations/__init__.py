"""Reporting obligations: what a contract, framework or project has to report, to whom, for which periods, by when; the
reports that are due, and how far each is.

Invariants: an obligation stands at one contract, framework or project. Its reports follow from its facts, and only where those
name days: a start known to the month gives no report, because it would give a date no source states. A report that was begun
keeps its period and its day whatever becomes of the rule. Who checks a report did not prepare it; it waits for them once it was
handed over, until somebody writes in it. One that is sent is not changed but answered by a new edition.
"""
