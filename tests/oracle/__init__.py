"""Known funding and counts of projects computed a second time, from a raw dump of the tables and the words of the decisions.

The first three modules import nothing of the portal (`test_independence` sees to that): `dump` reads the tables with the plain
drivers, `seen` says what a person who is named for nothing confidential sees, `sums` judges the flows by decision 0032.
`combinations` declares measures and dimensions and draws the filters that are asked for.
"""
