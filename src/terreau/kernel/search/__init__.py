"""Full-text search over the entries: one interface, an engine for each database."""
