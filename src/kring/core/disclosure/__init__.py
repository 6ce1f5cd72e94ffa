"""What may be shown about few people, and proof that what is hidden stays so. Outside a pupil's own team nobody reads a small number."""
