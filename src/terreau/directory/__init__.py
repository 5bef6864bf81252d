"""Organisations, people, roles, ties, initiatives and resources."""
