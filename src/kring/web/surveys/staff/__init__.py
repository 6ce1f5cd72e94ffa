"""Lists that colleagues fill in, about the school or a group; the first of a kind is the baseline."""
