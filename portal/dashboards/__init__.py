"""Dashboards: figures drawn, tabled and taken away, from one frame per chart.

Invariants: a chart, its table, its Excel and its CSV are made from the same pandas frame; an unknown amount is missing in
it, never zero; currencies never share an axis; pandas and plotly are imported only when a chart is asked for.
"""
