"""What the lists of the portfolio may be filtered and ordered by, each declared once for page and file."""
