"""Calls for projects, other supports and distinctions."""
