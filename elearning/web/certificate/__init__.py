"""The certificates of who signed in: the sheet, its print and its PDF."""
