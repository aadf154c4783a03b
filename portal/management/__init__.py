"""What management looks at first: headline figures and how they moved since the last quarter, the health of projects, what
needs a decision, which frameworks are silent, what is unknown.

Invariants. Every figure is that of `figures`. The value at the end of a quarter is kept with the change it is as of, for what
is open to everybody signed in; it always equals what `as_of` that change gives (docs/decisions/0062-quarter-ends.md), and what
it is compared with is the present value of the same.
"""
