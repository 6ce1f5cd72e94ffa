"""A group plan that runs in 6A, and an activity plan beside it."""
