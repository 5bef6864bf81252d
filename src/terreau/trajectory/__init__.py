"""Phases, milestones and intensity, drawn as a timeline."""
