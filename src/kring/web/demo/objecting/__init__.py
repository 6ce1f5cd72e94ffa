"""What families of the demo were asked, where they said no, and what the team filled in."""
