"""Obligations, awards, certificates and rates: what is true on a day, on plain values only."""
