"""Success ingredients, stakes and contributions: what the handover reads."""
