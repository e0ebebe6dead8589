"""The privacy report for works council and data protection, made from what the program is."""
