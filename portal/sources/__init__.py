"""Sources: documents, and the statements that facts rest on, each with its citations.

Invariants: at most one statement of a fact leads; the record's own column holds the value of the leading one; a
statement is never deleted when another takes the lead; certainty and precision are never raised above the source.
"""
