"""What badges refer to: their image, and the lists of withdrawn ones."""
