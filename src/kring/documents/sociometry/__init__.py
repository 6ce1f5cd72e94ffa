"""A sociogram in words: facts per pupil, the card of a class, its groups, what changed, and what may stand on the board."""
