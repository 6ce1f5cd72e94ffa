"""Routes of group plans and of the page for a substitute."""

from django.urls import path

from kring.web.plans.groups import views

hat = [
    path("groups/<uuid:group>/plan/", views.group_plans, name="group_plans"),
    path("groups/<uuid:group>/plan/new/", views.group_plan_new, name="group_plan_new"),
    path("groups/<uuid:group>/desk/", views.desk_view, name="desk_view"),
    path("plans/layers/", views.plan_layers, name="plan_layers"),
    path("plans/<uuid:plan>/group/", views.group_plan, name="group_plan"),
    path("plans/<uuid:plan>/group/pdf/", views.group_plan_pdf, name="group_plan_pdf"),
    path("plans/<uuid:plan>/group/class/", views.group_plan_class, name="group_plan_class"),
    path("plans/<uuid:plan>/group/proposals/", views.group_plan_proposals, name="group_plan_proposals"),
    path("plans/<uuid:plan>/group/clusters/new/", views.cluster_new, name="cluster_new"),
    path("plans/<uuid:plan>/group/move/", views.cluster_move, name="cluster_move"),
    path("plans/<uuid:plan>/group/agree/", views.group_plan_agree, name="group_plan_agree"),
    path("plans/<uuid:plan>/group/start/", views.group_plan_start, name="group_plan_start"),
    path("plans/<uuid:plan>/group/take-back/", views.group_plan_take_back, name="group_plan_take_back"),
    path("plans/<uuid:plan>/group/adjust/", views.group_plan_adjust, name="group_plan_adjust"),
    path("plans/<uuid:plan>/group/evaluate/", views.group_plan_evaluate, name="group_plan_evaluate"),
    path("plans/versions/<uuid:planversion>/", views.group_plan_version, name="group_plan_version"),
    path("clusters/<uuid:cluster>/", views.cluster, name="cluster"),
    path("clusters/<uuid:cluster>/remove/", views.cluster_remove, name="cluster_remove"),
]
