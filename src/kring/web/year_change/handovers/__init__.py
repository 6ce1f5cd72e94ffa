"""The warm handover to the next teacher."""
