"""What the commands for authors share: finding content and checking it."""
