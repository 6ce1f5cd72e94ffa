"""Routes of lists on paper."""

from django.urls import path

from kring.web.answering.paper import views

hat = [
    path("rounds/<uuid:round>/groups/<uuid:group>/paper/", views.paper_lists, name="paper_lists"),
    path("rounds/<uuid:round>/groups/<uuid:group>/paper/print/", views.paper_print, name="paper_print"),
    path("rounds/<uuid:round>/groups/<uuid:group>/paper/nameless/", views.paper_nameless, name="paper_nameless"),
    path("rounds/<uuid:round>/groups/<uuid:group>/paper/tick/", views.paper_tick, name="paper_tick"),
    path("rounds/<uuid:round>/groups/<uuid:group>/lists/paper/", views.teacher_lists_paper, name="teacher_lists_paper"),
    path("invitations/<uuid:invitation>/paper/", views.paper_list, name="paper_list"),
    path("invitations/<uuid:invitation>/paper/untick/", views.paper_untick, name="paper_untick"),
    path("guardian-lists/<uuid:guardianinvitation>/paper/", views.paper_guardian_list, name="paper_guardian_list"),
]
