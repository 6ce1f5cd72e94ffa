"""Asking for a proposal, and the work in the background that makes it."""
