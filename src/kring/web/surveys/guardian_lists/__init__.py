"""A list for the guardians of one pupil, with the reason: asked, reminded of, withdrawn."""
