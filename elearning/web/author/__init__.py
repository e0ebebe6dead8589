"""Pages for authors: scenarios with their findings, map and languages, and a play-through."""
