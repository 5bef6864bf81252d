"""Settings of an instance: typed readers over the environment, defaults that run.

Every variable is documented in docs/reference/settings.md, and the suite verifies it.
A secret may also come from a file: set NAME_FILE to its path.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy as _

PACKAGE = Path(__file__).resolve().parent


def text(name: str, default: str = "") -> str:
    """Read NAME, or the content of the file that NAME_FILE points to."""
    path = os.environ.get(f"{name}_FILE")
    return Path(path).read_text(encoding="utf-8").strip() if path else os.environ.get(name, default)


def flag(name: str, *, default: bool) -> bool:
    """Read a yes or no: 1, true, yes, oui are yes; anything else that is set is no."""
    value = text(name)
    return value.lower() in {"1", "true", "yes", "oui"} if value else default


def words(name: str, default: str = "") -> list[str]:
    """Read a comma-separated list, without empty items."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


DATA_DIR = Path(text("TERREAU_DATA", "data")).resolve()


def secret_key() -> str:
    """Read TERREAU_SECRET_KEY, or the key of this instance, made at first use and kept beside its data."""
    if key := text("TERREAU_SECRET_KEY"):
        return key
    path = DATA_DIR / "secret-key"
    if not path.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        try:
            with open(path, "x", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
                file.write(secrets.token_urlsafe(50))
        except FileExistsError:
            pass
    return path.read_text(encoding="utf-8")


def database(url: str) -> dict[str, object]:
    """Turn a URL into Django's dictionary; without one, the file `terreau.sqlite3` of the data folder.

    url: `postgresql://user:password@host:port/name`, `sqlite:///path`, or empty.
    """
    parts = urlsplit(url)
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": parts.path or str(DATA_DIR / "terreau.sqlite3"),
        "CONN_MAX_AGE": None,
        # Writers queue instead of failing, readers never wait (docs/decisions/0003-sqlite-by-default.md).
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728; "
            "PRAGMA journal_size_limit=27103364; PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY;",
        },
    }


DEBUG = flag("TERREAU_DEBUG", default=False)
SECRET_KEY = secret_key()
ALLOWED_HOSTS = words("TERREAU_HOSTS", "localhost,127.0.0.1,[::1]")
HTTPS = flag("TERREAU_HTTPS", default=False)
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("TERREAU_BEHIND_PROXY", default=False) else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Lower floors first: a template or a static file of `site` is found last, its layout by name.
TERREAU_APPS = [
    f"terreau.{name}"
    for name in (
        "kernel", "geography", "territory", "accounts", "directory",
        "upkeep", "duplicates", "plan", "grants", "governance", "agenda", "stories", "observatory",
        "trajectory", "continuity", "opendata", "dossier", "api", "site",
    )
]  # fmt: skip

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    # Before allauth, whose pages and letters ours replace.
    *TERREAU_APPS,
    "allauth",
    "allauth.account",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages only: static files leave already compressed. Against BREACH it adds random bytes, and tokens are masked.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "terreau.accounts.middleware.ActorMiddleware",
    "terreau.territory.middleware.TerritoryMiddleware",
    "terreau.kernel.http.PolicyMiddleware",
]

ROOT_URLCONF = "terreau.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "terreau.site.context.layout",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "terreau.kernel.templatetags.terreau",
            ],
        },
    }
]

DATABASES = {"default": database(text("TERREAU_DATABASE"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TERREAU_TENANT = "territory.Territory"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_FORMS = {
    "login": "terreau.accounts.forms.SignInForm",
    "change_password": "terreau.accounts.forms.PasswordChangeForm",
    "set_password": "terreau.accounts.forms.PasswordSetForm",
    "reauthenticate": "terreau.accounts.forms.ReauthenticateForm",
    "reset_password": "terreau.accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "terreau.accounts.forms.PasswordResetForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if SECURE_PROXY_SSL_HEADER else 0
ACCOUNT_ADAPTER = "terreau.accounts.adapter.ClosedSignup"

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("Français")), ("en", _("Anglais"))]
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_I18N = True
# The command line is no app: its messages are found here.
LOCALE_PATHS = [PACKAGE / "cli" / "locale"]

TERREAU_GEO_API = text("TERREAU_GEO_API", "https://geo.api.gouv.fr")
# The picture under the map of the directory, {z}/{x}/{y}; empty, the outlines of the communes are enough.
PLAN_IGN = (
    "https://data.geopf.fr/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2"
    "&STYLE=normal&FORMAT=image/png&TILEMATRIXSET=PM&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}"
)
TERREAU_MAP_TILES = text("TERREAU_MAP_TILES", PLAN_IGN)
TERREAU_MAP_ATTRIBUTION = text("TERREAU_MAP_ATTRIBUTION", "© IGN, Géoplateforme")

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(DATA_DIR / "files")},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
TERREAU_FILE_LIMIT = int(text("TERREAU_FILE_MEGABYTES", "100")) * 1_000_000
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "terreau.kernel.files.uploading.BoundedUploadHandler",
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "worker-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

# What takes long waits in the database for the worker; "immediate" runs it at once, in the request.
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"
        if text("TERREAU_TASKS", "database") == "immediate"
        else "django_tasks_db.DatabaseBackend",
    }
}

EMAIL_BACKEND = text("TERREAU_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
EMAIL_HOST = text("TERREAU_EMAIL_HOST", "localhost")
EMAIL_PORT = int(text("TERREAU_EMAIL_PORT", "25"))
EMAIL_HOST_USER = text("TERREAU_EMAIL_USER")
EMAIL_HOST_PASSWORD = text("TERREAU_EMAIL_PASSWORD")
EMAIL_USE_TLS = flag("TERREAU_EMAIL_TLS", default=False)
# Address of the site as people type it: links of the letters that no page sends (reminders).
TERREAU_URL = text("TERREAU_URL", "http://localhost:8000")
DEFAULT_FROM_EMAIL = text("TERREAU_EMAIL_FROM", "terreau@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {
        "terreau": {"handlers": ["console"], "level": text("TERREAU_LOG_LEVEL", "INFO")},
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
