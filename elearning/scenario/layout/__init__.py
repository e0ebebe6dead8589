"""Where the nodes of a scenario stand in a drawing: layers from top to bottom, few crossings."""
