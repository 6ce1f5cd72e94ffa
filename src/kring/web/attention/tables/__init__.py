"""The table of points of a school."""
