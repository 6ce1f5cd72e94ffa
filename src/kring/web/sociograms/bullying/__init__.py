"""What pupils say of being bullied: a talk soon, whatever else is known; the names for who follows it up, and for nobody else."""
