"""Routes that only a demo has, and the style page that production has not."""

from django.conf import settings
from django.urls import URLPattern, path

from kring.web.demo import views

STYLE = [path("style/", views.style, name="style")]
LOGIN = [path("demo/login/", views.demo_login, name="demo_login")]

public: list[URLPattern] = [*([] if settings.PRODUCTION else STYLE), *(LOGIN if settings.DEMO else [])]
