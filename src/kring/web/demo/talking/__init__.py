"""Talks and a review of the demo."""
