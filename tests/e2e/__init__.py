"""A real Chromium against a real server: journeys, accessibility, weight and the quick exit."""
