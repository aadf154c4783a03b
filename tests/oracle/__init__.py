"""Known funding and counts of projects computed a second time, from a raw dump of the tables and the words of the decisions.

These modules import nothing of the portal (`test_independence` sees to that): `dump` reads the tables with the plain drivers,
`seen` says what a person sees who is named for nothing confidential, `portfolio` what the sources say and which records a filter
finds, `sums` judges the flows. `combinations` declares measures and dimensions and draws the filters that are asked for.
`surfaces` reads back what the portal shows.
"""
