"""Faces of nobody, drawn: photos beside the names of one class."""
