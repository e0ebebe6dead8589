"""Proving what every play of a scenario does, over merged states, exactly and without sampling."""
