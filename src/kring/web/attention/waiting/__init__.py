"""What waits, in numbers, on the first page of teacher and coordinator."""
