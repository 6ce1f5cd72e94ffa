"""Two trainings at the school of Anna."""
