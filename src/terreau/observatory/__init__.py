"""Indicators, observations and key figures."""
