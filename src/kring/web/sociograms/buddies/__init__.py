"""Two pupils who were asked to do something together: both said yes, or it does not go on."""
