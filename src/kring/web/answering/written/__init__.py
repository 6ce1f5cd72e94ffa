"""What pupils wrote, for whom they chose to let it read."""
