"""The class while it fills in: who is in and on which tablet, how far, done, locked or not there yet."""
