"""What a pupil at a tablet of the class finds: “Mijn kring”, and the lists that are asked."""
