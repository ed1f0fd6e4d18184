"""Settings of one installation. Everything that varies comes from the environment or from LINLI_HOME."""

import os
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from psycopg.conninfo import conninfo_to_dict

from linli import __version__
from linli.core.home import home
from linli.core.process.listening import read_address
from linli.core.secret_file import secret
from linli.web import oidc

LINLI_VERSION = __version__
LINLI_BIND = os.environ.get("LINLI_BIND", "")
LINLI_FIRST_VISIT = [url for url in os.environ.get("LINLI_FIRST_VISIT", "").split(",") if url]
"""Told by `linli serve`: where it listens, and where phones first come to trust it."""


def _flag(name: str, *, default: bool = False) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if value not in ("", "1", "0", "true", "false", "yes", "no"):
        raise ValueError(f"{name} must be 1 or 0; read {value!r}.")
    return value in ("1", "true", "yes") if value else default


def serves_this_machine_only() -> bool:
    """Tell whether `linli serve` said so, and no proxy stands before it."""
    return bool(LINLI_BIND) and read_address(LINLI_BIND).is_loopback and not _flag("LINLI_PROXY")


def _database() -> dict[str, Any]:
    owner = os.environ.get("LINLI_DATABASE_ROLE") == "owner"
    url = os.environ.get("LINLI_OWNER_DATABASE_URL" if owner else "LINLI_APP_DATABASE_URL") or os.environ.get(
        "LINLI_DATABASE_URL", ""
    )
    parts = conninfo_to_dict(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", "linli"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "OPTIONS": {**parts, "server_side_binding": False},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


DEBUG = False
SECRET_KEY = os.environ.get("LINLI_SECRET_KEY") or secret(home(), "session.key")[0]
ALLOWED_HOSTS = os.environ.get("LINLI_HOSTS", "*").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("LINLI_ORIGINS", "").split(",") if origin]
ROOT_URLCONF = "linli.web.urls"
WSGI_APPLICATION = "linli.web.wsgi.application"

INSTALLED_APPS = [
    "linli.web",
    "linli.situation",
    "linli.paperwork",
    "linli.planning",
    "linli.rounds",
    "linli.workforce",
    "linli.orders",
    "linli.registry",
    "linli.places",
    "linli.core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "linli.web.headers.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "linli.web.headers.PageCompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "linli.web.language.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "linli.web.second_factor.SecondFactorMiddleware",
    "linli.core.middleware.ScopeMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "linli.web.context.linli",
            ],
        },
    }
]

DATABASES = {"default": _database()}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "boards": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
"""By default in the database: failed sign-ins count whichever process they reach. Drawn boards name people, so each process
keeps its own in memory."""
LINLI_APP_ROLE = str(conninfo_to_dict(os.environ.get("LINLI_APP_DATABASE_URL", "")).get("user") or "linli_app")
LINLI_SETUP_COMMANDS = ["divisions --shipped", "rule_packs --shipped"]
"""Management commands that load what Linli ships, run after each migration; each changes nothing the second time."""
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "linli.web.sign_in.AccountAdapter"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", *(["webauthn"] if _flag("LINLI_PASSKEYS") else [])]
MFA_PASSKEY_LOGIN_ENABLED = _flag("LINLI_PASSKEYS")
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Linli"
MFA_ADAPTER = "linli.web.mfa_adapter.MfaAdapter"
LINLI_SECOND_FACTOR = os.environ.get("LINLI_SECOND_FACTOR", "").strip().lower()
if LINLI_SECOND_FACTOR not in ("", "off", "command", "all"):
    raise ValueError(f"LINLI_SECOND_FACTOR must be off, command or all; read {LINLI_SECOND_FACTOR!r}.")
if OIDC := oidc.from_environment(os.environ):
    INSTALLED_APPS += ["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"]
    SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [OIDC.as_app()]}}
    SIGN_IN_ORIGINS = (OIDC.origin,)
    SOCIALACCOUNT_ADAPTER = "linli.web.oidc_adapter.OidcAdapter"
DEMO_ACCOUNTS_FILE = home() / "demo-accounts.json"
DEMO_ACCOUNTS_SHOWN = serves_this_machine_only()

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
TIME_ZONE = os.environ.get("LINLI_TIME_ZONE", "Asia/Shanghai")
USE_TZ = True
LOCALE_PATHS: list[Path] = []

STATIC_URL = "/static/"
STATIC_ROOT = Path(__file__).parent / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"/assets/[^/]+-[\w-]{8}\.\w+$"
"""The bundle's files carry a digest of their content in their names, so a phone asks for each once."""
STATICFILES_DIRS: list[Path] = []

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _flag("LINLI_HTTPS") or _flag("LINLI_PROXY")
SESSION_COOKIE_AGE = 24 * 3600
if _flag("LINLI_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
SESSION_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

_SPOOL = home() / "spool"
_SPOOL.mkdir(parents=True, exist_ok=True, mode=0o700)
FILE_UPLOAD_TEMP_DIR = str(_SPOOL)
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "linli.core.scrub.Formatter", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("LINLI_LOG_LEVEL", "WARNING")},
}
