"""Results that were shown to a pupil without an account, at a tablet of the class."""
