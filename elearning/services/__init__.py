"""Use cases, one per module: session first, the rest by keyword; they flush and never commit."""
