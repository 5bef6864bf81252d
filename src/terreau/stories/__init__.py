"""Testimonies."""
