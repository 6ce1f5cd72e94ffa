"""Everybody with a say answers to the action part of a support plan."""
