"""Pages that join features: home, my work, search, lists and profiles of projects, frameworks, organisations and countries.

Invariants: nothing is written here; every row on these pages passed `visible_to`; what one page says of a fact it takes
from the same place as every other page.
"""
