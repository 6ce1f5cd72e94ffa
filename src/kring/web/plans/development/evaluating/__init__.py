"""A support plan is looked at together, and goes on, fades or is closed."""
