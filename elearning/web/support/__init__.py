"""Help, pause, other ways, and what this site says about itself."""
