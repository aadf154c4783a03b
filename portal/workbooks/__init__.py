"""Writing, reading and filling of xlsx files: columns declared once, safe cells, fixed bytes. Knows no feature.

openpyxl is imported inside the functions that write, never when a page with a form starts.
"""
