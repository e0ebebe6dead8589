"""Words to avoid and reading level."""
