"""Routes of what is done with results."""

from django.urls import path

from kring.web.results.at_seat import views as at_seat
from kring.web.results.choosing import views as choosing
from kring.web.results.reading import views as reading
from kring.web.results.showing import views as showing

public = [
    path("class/results/", at_seat.seat_results, name="seat_results"),
    path("class/results/<uuid:scaleprofile>/", at_seat.seat_result, name="seat_result"),
]

hat = [
    path("invitations/<uuid:invitation>/answers/", reading.pupil_answers, name="pupil_answers"),
    path("invitations/<uuid:invitation>/reading/", reading.critical_reading, name="critical_reading"),
    path("invitations/<uuid:invitation>/directions/", choosing.pupil_directions, name="pupil_directions"),
    path("invitations/<uuid:invitation>/show/", showing.result_show, name="result_show"),
    path("guardian-lists/<uuid:guardianinvitation>/answers/", reading.guardian_answers, name="guardian_answers"),
    path("rounds/<uuid:round>/groups/<uuid:group>/directions/", choosing.group_directions, name="group_directions"),
    path("results/", showing.my_results, name="my_results"),
    path("results/<uuid:scaleprofile>/", showing.my_result, name="my_result"),
]
