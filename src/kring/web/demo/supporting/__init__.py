"""Two support plans: one that waits for the answer of a mother, and one that runs."""
