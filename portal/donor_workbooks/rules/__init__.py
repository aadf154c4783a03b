"""Pure rules over what stands in a donor's workbook: labels, the finder, what moved between two files, limits of texts."""
