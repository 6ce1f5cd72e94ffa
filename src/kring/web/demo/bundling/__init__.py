"""Parallel groups of the demo school."""
