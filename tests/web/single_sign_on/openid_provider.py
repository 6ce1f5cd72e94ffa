"""A real OpenID Connect provider for the tests: allauth's own, in a process of its own.

`python -m tests.web.single_sign_on.openid_provider <folder> <port> <address of Kring>`; `key.pem` and `claims.json` stand in the folder:
per user name what the tokens say besides, so that a test can let the provider claim anything.
"""

import sys
from pathlib import Path

CLIENT, SECRET, PASSWORD = "kring", "het-geheim-van-kring", "wachtwoord-bij-het-bestuur"
PEOPLE = ("anna", "bram", "mallory")


def configure(folder: Path, issuer: str) -> None:
    from django.conf import settings

    settings.configure(
        SECRET_KEY="only for the provider of the tests",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF="tests.web.single_sign_on.openid_provider_urls",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "provider.sqlite3"}},
        INSTALLED_APPS=[
            *("django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages"),
            *("allauth", "allauth.account", "allauth.idp.oidc"),
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
            }
        ],
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
        ACCOUNT_EMAIL_VERIFICATION="none",
        ACCOUNT_RATE_LIMITS=False,
        IDP_OIDC_ADAPTER="tests.web.single_sign_on.openid_provider_claims.Claims",
        IDP_OIDC_PRIVATE_KEY=(folder / "key.pem").read_text(),
        SESSION_COOKIE_NAME="provider",
        CLAIMS=folder / "claims.json",
        ISSUER=issuer,
        USE_TZ=True,
    )


def fill(kring: str) -> None:
    from allauth.idp.oidc.models import Client
    from django.contrib.auth.hashers import make_password
    from django.contrib.auth.models import User
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    for name in PEOPLE:
        User.objects.create_user(name, f"{name}@bestuur.nl", PASSWORD)
    client = Client(id=CLIENT, name="Kring", secret=make_password(SECRET), scopes="openid", skip_consent=True, response_types="code")
    client.set_redirect_uris([f"{kring}/login/via/bestuur/return/"])
    client.save()


def main() -> None:
    folder, port = Path(sys.argv[1]), int(sys.argv[2])
    configure(folder, f"http://127.0.0.1:{port}")
    import django
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    django.setup()
    fill(sys.argv[3])
    server = ThreadedWSGIServer(("127.0.0.1", port), WSGIRequestHandler)
    server.set_app(get_wsgi_application())
    server.serve_forever()


if __name__ == "__main__":
    main()
