"""Reads modules/, scenarios/ and the overlay: text files in, checked values and safe HTML out."""
