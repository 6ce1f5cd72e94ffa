"""Day by day: what several people saw of one pupil, and a card that is filled in every school day."""
