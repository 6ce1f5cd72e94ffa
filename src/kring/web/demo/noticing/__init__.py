"""What somebody noticed at De Beuk: absence, a new pupil, worries, a suspicion; and what Anna needs herself."""
