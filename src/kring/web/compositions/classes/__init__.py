"""Next year's classes, composed by the coordinator from several groups of this year."""
