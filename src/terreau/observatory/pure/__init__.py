"""Plain computations on figures: no database, no request."""
