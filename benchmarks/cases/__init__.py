"""The cases. Each is a function: (its own folder of data, whether to be quick) → rows of the table."""
