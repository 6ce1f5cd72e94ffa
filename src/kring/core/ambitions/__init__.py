"""What a school wants to reach, whether it is reached, and how that goes over the years."""
