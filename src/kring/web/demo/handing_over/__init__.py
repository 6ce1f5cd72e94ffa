"""The next school year of the demo."""
