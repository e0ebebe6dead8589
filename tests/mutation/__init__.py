"""Seeded defects in the shipped scenarios: whether the checks and the proof see them."""
