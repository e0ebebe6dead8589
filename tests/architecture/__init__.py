"""Rules about the code base as a whole, each without a list that somebody must keep."""
