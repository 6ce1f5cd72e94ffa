"""What a teacher expects of a sociogram before it is there, for that teacher alone."""
