"""Figures computed a second time, from a raw dump of the tables and the words of the decisions, and compared with the portal.

`dump` reads the tables with the plain drivers, `seen` says what a person sees who is named for nothing confidential, `portfolio`
lays out what the sources say, `filters` says what a filter holds, `sums` judges the flows and adds them up, `counts` says for how
many projects something is known, `charts` what the charts of years and ways hold. `combinations` declares measures, charts and
dimensions and draws the filters that are asked for. `surfaces` reads back what the portal shows. These import nothing of the
portal (`test_independence` sees to that).

`made` makes the portfolio; `compared` and `drawn` ask portal and oracle alike.
"""
