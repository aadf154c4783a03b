"""Two records that are one thing become one, and two again: comparing, merging, separating.

Invariants: everything that refers to the absorbed record refers to the kept one afterwards, except what is named in
`references` with the reason; nothing is deleted and nothing becomes more certain; the absorbed record keeps its page, its own
values and what could not be moved; separating takes back exactly what the merge wrote, as far as it stands as the merge left it.
"""
