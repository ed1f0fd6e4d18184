"""Settings of the plain port beside `--local-ca`: no database, no session, three pages that know nobody."""

from linli.web.settings import *  # noqa: F403

INSTALLED_APPS = [
    "linli.web.apps.FirstVisitConfig",
    "linli.core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]
ROOT_URLCONF = "linli.web.first_visit.urls"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "linli.web.headers.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "linli.web.language.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request", "linli.web.context.linli"]},
    }
]
DATABASES = {}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
CSRF_COOKIE_NAME = "first_visit_csrf"
"""Cookies do not know ports: under its usual name it would take the place of the server's own."""
