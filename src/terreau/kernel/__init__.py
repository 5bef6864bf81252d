"""Dates, visibility, policy, citations, audit, facts, search and dossier furniture: knows no app."""
