"""Routes of signals."""

from django.urls import path

from kring.web.signals.answering import views as answering
from kring.web.signals.doors import views as doors
from kring.web.signals.figures import views as figures
from kring.web.signals.noting import views as noting

public = [path("door/", doors.door, name="door")]

hat = [
    path("signals/", answering.signals, name="signals"),
    path("signals/list.csv", answering.signals_csv, name="signals_csv"),
    path("signals/list.xlsx", answering.signals_xlsx, name="signals_xlsx"),
    path("signals/hand-in/", noting.signal_hand_in, name="signal_hand_in"),
    path("signals/mirror/", noting.signal_mirror, name="signal_mirror"),
    path("signals/figures/", figures.signal_figures, name="signal_figures"),
    path("signals/quality/", figures.signal_quality, name="signal_quality"),
    path("signals/<uuid:signal>/pdf/", answering.signal_pdf, name="signal_pdf"),
    path("signals/shown/", answering.signals_shown, name="signals_shown"),
    path("signals/doors/", doors.signal_doors, name="signal_doors"),
    path("signals/doors/<uuid:signaldoor>/", doors.signal_door, name="signal_door"),
    path("signals/doors/<uuid:signaldoor>/end/", doors.signal_door_end, name="signal_door_end"),
    path("signals/<uuid:signal>/", answering.signal, name="signal"),
    path("signals/<uuid:signal>/answer/", answering.signal_answer, name="signal_answer"),
    path("signals/<uuid:signal>/tie/", answering.signal_tie, name="signal_tie"),
    path("signals/<uuid:signal>/look-again/", answering.signal_look_again, name="signal_look_again"),
    path("signals/<uuid:signal>/show/", answering.signal_show, name="signal_show"),
    path("signals/<uuid:signal>/to-reporting-code/", answering.signal_to_reporting_code, name="signal_to_reporting_code"),
    path("pupils/<uuid:pupil>/signals/", answering.pupil_signals, name="pupil_signals"),
    path("pupils/<uuid:pupil>/signals/new/", noting.signal_new, name="signal_new"),
    path("groups/<uuid:group>/signals/new/", noting.group_signal_new, name="group_signal_new"),
]
