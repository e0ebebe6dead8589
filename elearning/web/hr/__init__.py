"""What HR sees: completion of the people in scope, and nothing else of them."""
