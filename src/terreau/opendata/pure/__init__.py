"""Files of other producers as rows, and rows as values of ours: no database, no Django."""
