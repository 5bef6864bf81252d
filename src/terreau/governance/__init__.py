"""Bodies, their composition and lineage."""
