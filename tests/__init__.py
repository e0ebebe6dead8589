"""The tests: unit, integration, web, content, architecture, migrations and end to end."""
