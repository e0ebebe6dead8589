"""Scenarios to and from other programs' formats: what cannot be carried is said, nothing is run."""
