"""A pupil of the demo who wants to talk."""
