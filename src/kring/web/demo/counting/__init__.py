"""The school of the demo as a whole."""
