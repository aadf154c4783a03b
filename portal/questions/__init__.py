"""Open questions: what the sources leave open, kept on the record it is about, with somebody who looks after it.

Invariants: a question is about exactly one record and hidden with it; it is settled only by an answer that cites a source.
"""
