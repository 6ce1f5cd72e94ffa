"""Item response theory: calibrating items, scoring persons, testing fit, linking forms. For calibration and norming, not for one school.

from kring.core import irt
model = irt.graded_response_model(answers, categories=(1, 4))
scores = irt.abilities(answers, model)
"""

from kring.core.irt.calibration import GradedItem, graded_response_model, rasch_by_mml, stored_items, two_parameter_model
