"""Pages of upkeep, one file per subject."""
