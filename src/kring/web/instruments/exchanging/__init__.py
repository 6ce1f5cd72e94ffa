"""Lists in and out: brought in from another program as a draft, and handed on as a file."""
