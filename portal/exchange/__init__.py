"""Taking lists away as Excel and CSV (bringing them back comes later).

Invariants: a file holds exactly the rows of its page in the page's order, with the rights of the person who asks and at the
moment the page looks at; text is never a formula; the same rows at the same moment give the same bytes.
"""
