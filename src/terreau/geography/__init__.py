"""Communes, intercommunalities, departments and regions of the official geographic code."""
