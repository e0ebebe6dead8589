"""The content that is shipped: whole in both languages, and fair."""
