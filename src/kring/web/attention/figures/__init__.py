"""How good the list of whom to look at is: in numbers alone, for the coordinator."""
