"""Results: what a project set out to reach and what it reached. Milestones and activities of projects; indicators with their
values by period, and risks, of projects and frameworks.

Invariants: a number is exact and has its unit; a target that is revised says why, and the one before stays among its
statements; whether a milestone is reached, overdue or open follows from its two dates and the day, and is kept nowhere.
"""
