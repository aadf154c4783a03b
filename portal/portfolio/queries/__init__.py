"""Reading across features: rows of lists, profiles, my work, search. One module per page family."""
