"""Plans of one pupil that are tried, measured and decided upon: the small trial, and the deepened cycle that grows from it."""
