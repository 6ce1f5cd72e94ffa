"""Colleagues fill in the lists of the team, in one go and without a name."""
