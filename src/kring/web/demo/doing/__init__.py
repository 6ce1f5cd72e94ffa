"""What people in the demo schools still have to do."""
