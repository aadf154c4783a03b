"""The desk: comments, tasks, following and notifications on any record.

Invariants: a comment or task is seen by whoever may see its record today, and by nobody else; a comment is written by a
person and changed by its author alone; a notification names what happened and copies no text, so that it is read with
today's rights; nobody is notified of their own doing. What is written here is no fact of the portfolio.
"""
