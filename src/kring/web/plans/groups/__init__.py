"""The behaviour plan of a group: an approach for all, clusters by need for some, more for a few; and its page for a substitute."""
