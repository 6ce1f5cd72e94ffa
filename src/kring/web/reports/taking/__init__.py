"""What is taken along of one's own pupils: the reports of many in one go, and the scores of a group as a spreadsheet."""
