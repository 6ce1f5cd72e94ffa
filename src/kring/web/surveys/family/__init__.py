"""Not taking part in a list, and lists for the guardians of one pupil."""
