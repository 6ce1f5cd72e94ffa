"""All settings of Kring: from the environment alone, failing loudly. `docs/reference/settings.md` is printed from ENVIRONMENT."""

import os
import sys
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from kring.identity_providers import ProvidersRefused, read_providers
from kring.mail_server import MailServerRefused, read_mail_server

ENVIRONMENT = {
    "KRING_MODE": "demo, test or production (the default). Demo accounts and plain http exist only outside production.",
    "KRING_DATA": "Folder for the database and the files, of one installation alone. Default: .kring beside the code.",
    "KRING_DATABASE": "Empty for SQLite in KRING_DATA, or postgresql://user:password@host:port/name (?host=/socket/folder for a socket; "
    "?sslmode=verify-full&sslrootcert=/file to another machine).",
    "KRING_DATABASE_OWNER": "The address of the role that owns the tables on PostgreSQL, used by migrate alone (docs/decisions/0013).",
    "KRING_SECRET": "Signs sessions and tickets; at least 50 characters. Required in production.",
    "KRING_SECRET_FILE": "A file that holds KRING_SECRET, for who would rather not have it in the environment; read by ./kring serve.",
    "KRING_HOSTS": "Host names by which the server is reached, with commas. Required in production.",
    "KRING_HTTPS": "proxy (the default): a proxy on this machine speaks https. self: the server does, without a proxy (./kring trial).",
    "KRING_SSO": "A YAML file with the identity providers of single sign-on (docs/sso.md). Empty: nobody logs in that way.",
    "KRING_IDLE": "Seconds without a request after which somebody is logged out, when that is to be less than 20 minutes (pupils: 10).",
    "KRING_LOG": "json (the default in production: one object per line) or plain (a line for who reads along). Neither bears a name.",
    "KRING_ANCHORS": "A file in a folder elsewhere (mounted, append only), to which the heads of the log are added every hour.",
    "KRING_ADDRESS": "The address of the first page, as people type it, for in mails. Default: https:// and the first of KRING_HOSTS.",
    "KRING_MAIL": "The mail server: smtp://user:password@host:port?tls=starttls (or implicit; none only to this machine). Empty: no mail.",
    "KRING_MAIL_FROM": "In whose name messages go: “Kring <kring@mijnschool.nl>”. Required with KRING_MAIL.",
    "KRING_MAIL_PASSWORD_FILE": "A file that holds the password of KRING_MAIL, for who would rather not have it in the environment.",
    "KRING_LEAKED_PASSWORDS": "A file of SHA-1 hashes of leaked passwords, sorted, one per line (HASH or HASH:count). Never fetched.",
    "KRING_PYTHON": "The Python that ./kring makes its environment with, when the one it finds is not the one you want.",
    "KRING_TEST_DATABASE": "Set by ./kring test: sqlite or postgresql, so that a test can tell.",
}

MODE = os.environ.get("KRING_MODE", "production")
if MODE not in {"demo", "test", "production"}:
    raise ImproperlyConfigured(f"KRING_MODE is “{MODE}”; it must be demo, test or production.")
DEMO = MODE == "demo"
PRODUCTION = MODE == "production"

BASE = Path(__file__).parent
ROOT = BASE.parents[1]
CONTENT = ROOT / "content"
DATA = Path(os.environ.get("KRING_DATA") or ROOT / ".kring" / MODE)


def required(name: str, *, outside_production: str) -> str:
    value = os.environ.get(name, "")
    if value or not PRODUCTION:
        return value or outside_production
    raise ImproperlyConfigured(f"{name} is not set: {ENVIRONMENT[name]}")


SECRET_KEY = required("KRING_SECRET", outside_production="only for demo and test, on this machine alone, never in production")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("KRING_SECRET is shorter than 50 characters.")
HOSTS = required("KRING_HOSTS", outside_production="localhost,127.0.0.1,[::1],testserver")
ALLOWED_HOSTS = [host.strip() for host in HOSTS.split(",") if host.strip()]
DEBUG = False

# ---- database -------------------------------------------------------------------------------------------------

# Debian's SQLite 3.40 can lose commits under WAL (fixed in 3.51.3); the wheel carries a newer one.
if find_spec("pysqlite3"):
    sys.modules["sqlite3"] = __import__("pysqlite3")

SQLITE: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA / "kring.sqlite3",
    "OPTIONS": {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
        " PRAGMA cache_size=-64000; PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864;",
    },
    "TEST": {"NAME": DATA / "test.sqlite3" if MODE == "test" else None},
}


NOTICED = {"connect_timeout": 5, "tcp_user_timeout": 20_000}  # a database that is gone is not waited for
TLS = ("sslmode", "sslrootcert", "sslcert", "sslkey")  # to a database on another machine


def postgresql(address: str) -> dict[str, Any]:
    """Django's database settings for a postgresql:// address."""
    parts = urlsplit(address)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ImproperlyConfigured(f"KRING_DATABASE is not understood: {ENVIRONMENT['KRING_DATABASE']}")
    asked = dict(parse_qsl(parts.query))
    if unknown := asked.keys() - {"host", "port", *TLS}:
        raise ImproperlyConfigured(f"KRING_DATABASE: Kring does not know {sorted(unknown)}; it knows host, port and {TLS}.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.strip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": asked.get("host") or parts.hostname or "",
        "PORT": str(parts.port or asked.get("port", "")),
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 600,
        "OPTIONS": {name: asked[name] for name in TLS if name in asked} | NOTICED,
    }


DATABASE, DATABASE_OWNER = os.environ.get("KRING_DATABASE", ""), os.environ.get("KRING_DATABASE_OWNER", "")
if DATABASE_OWNER and not DATABASE:
    raise ImproperlyConfigured("KRING_DATABASE_OWNER is set without KRING_DATABASE: the role that works with the rows is missing.")
MIGRATING = sys.argv[1:2] == ["migrate"]
DATABASES = {"default": postgresql((MIGRATING and DATABASE_OWNER) or DATABASE) if DATABASE else SQLITE}
DATABASE_ROLE = postgresql(DATABASE)["USER"] if DATABASE_OWNER else ""  # gets its rights from the owner, after migrating
if DATABASE_ROLE and postgresql(DATABASE_OWNER)["USER"] == DATABASE_ROLE:
    raise ImproperlyConfigured("KRING_DATABASE and KRING_DATABASE_OWNER name one role: then the application owns its tables after all.")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ---- what it consists of --------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "kring.web.apps.KringConfig",
]
MIDDLEWARE = [
    "kring.web.logs.noted",
    "kring.web.headers.safe_headers",
    "csp.middleware.CSPMiddleware",
    "kring.web.behind_proxy.rightly_asked",
    "django.middleware.security.SecurityMiddleware",
    "kring.web.headers.not_too_large",
    "kring.web.smaller_files.smaller_files",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kring.web.accounts.sessions.strict_cookies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kring.web.preferences.language_of_preferences",
    "django.middleware.common.CommonMiddleware",
    "kring.web.headers.same_origin_only",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "kring.web.drafts.presence.nothing_is_lost",
    "kring.web.accounts.sessions.end_in_time",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "kring.web.urls"
WSGI_APPLICATION = "kring.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "web" / "templates", BASE / "documents" / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kring.web.page.page_context",
            ],
            "libraries": {"drafts": "kring.web.drafts.tags"},
        },
    }
]

# ---- single sign-on -------------------------------------------------------------------------------------------

try:
    SSO = read_providers(Path(os.environ["KRING_SSO"]), production=PRODUCTION) if os.environ.get("KRING_SSO") else ()
except ProvidersRefused as refused:
    raise ImproperlyConfigured("KRING_SSO: " + "\n".join(map(str, refused.problems))) from None

# ---- mail -----------------------------------------------------------------------------------------------------

try:
    MAIL = (
        read_mail_server(
            os.environ["KRING_MAIL"],
            sender=os.environ.get("KRING_MAIL_FROM", ""),
            password_file=os.environ.get("KRING_MAIL_PASSWORD_FILE", ""),
        )
        if os.environ.get("KRING_MAIL")
        else None
    )
except MailServerRefused as refused_mail:
    raise ImproperlyConfigured(str(refused_mail)) from None
_OURS = f"https://{HOSTS.split(',')[0].strip().lstrip('.')}/" if PRODUCTION else "http://localhost:8000/"
ADDRESS = os.environ.get("KRING_ADDRESS") or _OURS
if not ADDRESS.startswith(("https://", "http://")) or not ADDRESS.isprintable() or (PRODUCTION and not ADDRESS.startswith("https://")):
    raise ImproperlyConfigured("KRING_ADDRESS must begin with https://")

# ---- people and sessions --------------------------------------------------------------------------------------

AUTH_USER_MODEL = "kring.Person"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"] if MODE == "test" else ["django.contrib.auth.hashers.Argon2PasswordHasher"]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "kring.web.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "kring.web.accounts.passwords.NotOnesName"},
    {"NAME": "kring.web.accounts.passwords.NotObvious"},
    {"NAME": "kring.web.accounts.passwords.NotLeaked"},
]
LEAKED_PASSWORDS = Path(os.environ["KRING_LEAKED_PASSWORDS"]) if os.environ.get("KRING_LEAKED_PASSWORDS") else None
if LEAKED_PASSWORDS and not os.access(LEAKED_PASSWORDS, os.R_OK):
    raise ImproperlyConfigured("KRING_LEAKED_PASSWORDS names a file that cannot be read.")
ACCOUNT_ADAPTER = "kring.web.signing_in.adapter.ClosedDoor"
ACCOUNT_FORMS = {"change_password": "kring.web.signing_in.forms.NewPassword"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# allauth counts per process and per address; signing_in/lockouts.py counts in the database, and a whole school is one address.
ACCOUNT_RATE_LIMITS = False
MFA_RATE_LIMITS = False
AXES_HANDLER = "kring.web.signing_in.lockouts.CountedTries"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # a refused try is no new one
MFA_ADAPTER = "kring.web.signing_in.factors.SealedFactors"
MFA_FORMS = {
    "authenticate": "kring.web.signing_in.forms.AskedCode",
    "authenticate_webauthn": "kring.web.signing_in.forms.PasskeyAfterPassword",
}
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a passkey that anybody can touch is one factor, and Kring takes none of those
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION  # http://localhost
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses play no part in signing in
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute off; signing_in/rows.py takes each code once all the same
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_DISPLAY = "kring.web.accounts.models.full_name"
SOCIALACCOUNT_ADAPTER = "kring.web.single_sign_on.adapter.KnownProviders"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"provider_class": "kring.web.single_sign_on.providers.OpenIdProvider"},
    "saml": {"provider_class": "kring.web.single_sign_on.providers.SamlProvider"},
}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "front"
SECURE = PRODUCTION
SESSION_COOKIE_NAME = "__Host-kring" if SECURE else "kring"
CSRF_COOKIE_NAME = "__Host-kring-csrf" if SECURE else "kring-csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
IDLE = timedelta(seconds=int(os.environ["KRING_IDLE"])) if os.environ.get("KRING_IDLE", "").isdigit() else None
if os.environ.get("KRING_IDLE") and (IDLE is None or IDLE.total_seconds() < 4):
    raise ImproperlyConfigured("KRING_IDLE must be a whole number of seconds, 4 or more.")
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # a sentence to somebody stays out of a cookie
CSRF_FAILURE_VIEW = "kring.web.page.csrf_refused"

# ---- headers --------------------------------------------------------------------------------------------------

HTTPS = os.environ.get("KRING_HTTPS") or "proxy"
if HTTPS not in {"proxy", "self"}:
    raise ImproperlyConfigured(f"KRING_HTTPS is “{HTTPS}”; it must be proxy or self.")
BEHIND_PROXY = SECURE and HTTPS == "proxy"
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [
    r"^health/$",  # a proxy asks it from the same machine
    r"^static/",  # the same for everybody; the page that says what is wrong with a proxy needs its style sheet
]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0  # the last X-Forwarded-For is written by that same proxy
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # with no-referrer a browser says Origin: null, and every form is refused
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'", *sorted({origin for provider in SSO for origin in provider.login_origins})],  # redirects count too
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
        "media-src": ["'self'"],
        "worker-src": ["'self'"],
        "manifest-src": ["'self'"],
    }
}

# ---- language, day and place ----------------------------------------------------------------------------------

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [BASE / "web" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"
USE_THOUSAND_SEPARATOR = False

# ---- files, jobs, log -----------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [
    BASE / "web" / "static",
    *((name, CONTENT / name) for name in ("pictograms", "audio") if (CONTENT / name).is_dir()),  # static/pictograms/<set>/<name>.svg
]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
FILES = DATA / "files"
ANCHORS = Path(os.environ["KRING_ANCHORS"]) if os.environ.get("KRING_ANCHORS") else None
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
UPLOAD_LIMIT = 10_000_000
BODY_LIMIT = 42_000_000  # of a whole request: the files of a class together
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend" if MODE == "test" else "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default"],
    }
}
LOG = os.environ.get("KRING_LOG") or ("json" if PRODUCTION else "plain")
if LOG not in {"json", "plain"}:
    raise ImproperlyConfigured(f"KRING_LOG is “{LOG}”; it must be json or plain.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "kring.web.logs.WithoutValues"}, "json": {"()": "kring.web.logs.AsJson"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # whoever knocks on a wrong name fills no log
        "django.request": {"level": "ERROR" if PRODUCTION else "WARNING"},  # what was refused stands in our own line of the request
        "kring.web.logs": {"level": "INFO" if PRODUCTION else "WARNING"},
    },
}
SILENCED_SYSTEM_CHECKS = [
    "axes.W002",  # its middleware would show a page of its own; the adapter says it in the form
    "security.W002",  # clickjacking: frame-ancestors in the content security policy says it
    "security.W005",  # HSTS for subdomains and
    "security.W021",  # preloading are the school's own to decide: its domain holds more than Kring
]
