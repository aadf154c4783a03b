"""History pages: what changed on a record, in a change, lately; and the way to a past moment.

Invariants: everything is read from the history twins, nothing is kept beside them; a line is shown only where the record
it is about may be seen today; a fact that is told as a statement is not told a second time as a column.
"""
