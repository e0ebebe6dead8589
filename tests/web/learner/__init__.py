"""The pages of a learner, on content in miniature (tests/practice_content.py)."""
