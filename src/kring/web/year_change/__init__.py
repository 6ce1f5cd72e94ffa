"""The change of the school year, and what a teacher hands over with it."""
