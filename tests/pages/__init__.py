"""Page objects: what a visitor reads and does, so that no test knows a selector."""
