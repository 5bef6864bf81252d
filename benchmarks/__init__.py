"""How fast the house is, beside what it stands on. See README.md."""
