"""Reading a sociogram: the class, the pupils, what changed, and talking about it with the class. Everything is worked out, nothing kept."""
