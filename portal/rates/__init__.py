"""Exchange rates: the monthly InforEuro as a frozen table that people import, the daily rates of the European Central Bank, and
the conversion of amounts under the regimes of the Commission's contracts.

Invariants: a rate is an exact decimal, units of the currency for one euro; a loaded month is never edited, only superseded by a
new edition with a reason; a computed rate is marked computed and never taken for an imported one; where a rate is missing there
is no amount, and it is said which month or day is missing.
"""
