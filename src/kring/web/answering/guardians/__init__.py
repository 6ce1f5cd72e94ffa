"""Guardians fill in a list: with an account, or with a letter for one list."""
