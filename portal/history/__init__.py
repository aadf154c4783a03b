"""History pages: what changed on a record, in a change, lately; the way to a past moment; undoing a change.

Invariants: everything is read from the history twins, nothing is kept beside them; a line is shown only where the record
it is about may be seen today; a fact that is told as a statement is not told a second time as a column. An undo is a change
like any other: all of the one it takes back or nothing, by somebody who sees all of it and may edit every record it touched.
"""
