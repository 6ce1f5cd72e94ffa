"""A plan that runs in 6A, so that there is something to tick off."""
