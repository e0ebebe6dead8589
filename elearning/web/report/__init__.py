"""Frozen reports for the board, the works council and managers, and the one public figure."""
