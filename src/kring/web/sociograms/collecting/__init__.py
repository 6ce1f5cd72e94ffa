"""Collecting choices: whom a pupil can choose, keeping what was handed in, and the list that is frozen when the round closes."""
