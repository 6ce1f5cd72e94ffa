"""What waits, runs and comes to an end in a school, put together from what each feature says of itself."""
