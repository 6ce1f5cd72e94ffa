"""Routes of thinking before acting."""

from django.urls import path

from kring.web.understanding.factors import views as factors
from kring.web.understanding.thinking import views as thinking
from kring.web.understanding.triangulating import views as triangulating
from kring.web.understanding.voices import views as voices

hat = [
    path("pupils/<uuid:pupil>/sides/", triangulating.triangulation, name="triangulation"),
    path("pupils/<uuid:pupil>/understanding/", thinking.pupil_understanding, name="pupil_understanding"),
    path("pupils/<uuid:pupil>/understanding/new/", thinking.pupil_understanding_new, name="pupil_understanding_new"),
    path("groups/<uuid:group>/understanding/", thinking.group_understanding, name="group_understanding"),
    path("groups/<uuid:group>/understanding/new/", thinking.group_understanding_new, name="group_understanding_new"),
    path("understandings/<uuid:understanding>/", thinking.understanding, name="understanding"),
    path("understandings/<uuid:understanding>/steps/", thinking.understanding_steps, name="understanding_steps"),
    path("understandings/<uuid:understanding>/sources/", thinking.understanding_sources, name="understanding_sources"),
    path("understandings/<uuid:understanding>/observers/", thinking.understanding_observer, name="understanding_observer"),
    path("understandings/<uuid:understanding>/settle/", thinking.understanding_settle, name="understanding_settle"),
    path("understandings/<uuid:understanding>/voices/", voices.voice_ask, name="voice_ask"),
    path("voices/<uuid:voice>/", voices.voice, name="voice"),
    path("my-words/", voices.my_voices, name="my_voices"),
    path("my-words/<uuid:voice>/", voices.my_voice, name="my_voice"),
    path("pupils/<uuid:pupil>/factors/", factors.pupil_factors, name="pupil_factors"),
    path("pupils/<uuid:pupil>/factors/new/", factors.factor_new, name="factor_new"),
    path("factors/<uuid:factor>/", factors.factor, name="factor"),
    path("factors/<uuid:factor>/drop/", factors.factor_drop, name="factor_drop"),
]
public = [
    path("class/words/", voices.seat_voices, name="seat_voices"),
    path("class/words/<uuid:voice>/", voices.seat_voice, name="seat_voice"),
]
