"""The revisions against the models, with data, on both databases."""
