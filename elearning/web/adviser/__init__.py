"""Pages of confidential advisers."""
