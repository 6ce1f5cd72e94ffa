"""Results that another system worked out: taken in per pupil and scale, shown apart, never counted with our own."""
