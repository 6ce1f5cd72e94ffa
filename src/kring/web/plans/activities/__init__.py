"""The activity plan of a class: several actions that belong together, each with somebody who does it and a day."""
