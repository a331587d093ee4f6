"""All settings, read from the environment. Every SAMENWIJK_ variable is described in docs/operate/settings.md."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from samenwijk.config.environment import Environment

env = Environment()
PACKAGE_DIR = Path(__file__).resolve().parent.parent

DEMO = env.flag("DEMO", False)
DEMO_LAN = env.flag("DEMO_LAN", False)
DEBUG = env.flag("DEBUG", False)
DATA_DIR = env.directory("DATA_DIR", "samenwijk-data")
BASE_URL = env.text("BASE_URL", "http://127.0.0.1:8000").rstrip("/")
HTTPS = BASE_URL.startswith("https://")
PLAIN_HTTP_ALLOWED = env.flag("PLAIN_HTTP", False)
SECRET_KEY = env.secret_key(DATA_DIR)
ALLOWED_HOSTS = env.hosts(BASE_URL, DEMO_LAN)
CSRF_TRUSTED_ORIGINS = [BASE_URL] if HTTPS else []

INSTALLED_APPS = [
    "samenwijk.config.apps.ConfigConfig",
    "samenwijk.home.apps.HomeConfig",
    "samenwijk.notify.apps.NotifyConfig",
    "samenwijk.meetings.apps.MeetingsConfig",
    "samenwijk.plans.apps.PlansConfig",
    "samenwijk.figures.apps.FiguresConfig",
    "samenwijk.people.apps.PeopleConfig",
    "samenwijk.journal.apps.JournalConfig",
    "samenwijk.live.apps.LiveConfig",
    "samenwijk.places.apps.PlacesConfig",
    "samenwijk.ui.apps.UiConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]
if DEMO:
    INSTALLED_APPS.insert(0, "samenwijk.demo.apps.DemoConfig")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "samenwijk.ui.storage.ServeStatics",
    "csp.middleware.CSPMiddleware",
    "samenwijk.config.headers.SecurityHeadersMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "samenwijk.config.language.ChosenLanguageMiddleware",
    "samenwijk.config.charset.OnlyUtf8Middleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "samenwijk.config.urls"
WSGI_APPLICATION = "samenwijk.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "samenwijk.ui.templatetags.sw"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "samenwijk.ui.context.everywhere",
            ],
        },
    },
]

DATABASES = {"default": env.database(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.text("REDIS_URL", "")
CACHES = {"default": env.cache(REDIS_URL)}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/wijk/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "samenwijk.people.accounts.AccountAdapter"
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_SESSION_REMEMBER = True
# A whole health centre may share one address on the internet: limits are per mail address and per account.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "5/300s/key",
    "request_login_code": "300/m/ip,3/m/key",
}
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
MFA_TOTP_ISSUER = "Samenwijk"
MFA_TOTP_TOLERANCE = 1  # clocks of phones differ: the code before and the one after count too
MFA_PASSKEY_LOGIN_ENABLED = env.flag("PASSKEYS", False)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", *(["webauthn"] if MFA_PASSKEY_LOGIN_ENABLED else [])]

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Nederlands")), ("en", _("Engels"))]
LOCALE_PATHS = [PACKAGE_DIR / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
LANGUAGE_COOKIE_NAME = "taal"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "samenwijk.ui.storage.StaticFiles"},
}

EMAIL_BACKEND = env.text("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
if DEMO:
    EMAIL_BACKEND = "samenwijk.demo.mailbox.MailboxBackend"
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_TLS", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("FROM_EMAIL", "Samenwijk <samenwijk@localhost>")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_HANDLERS = ["samenwijk.config.uploads.OnlyWhereAsked"]

# Figures of practices: counts under the first are hidden, figures about fewer people than the second not shown.
SMALL_COUNT = env.upward("SMALL_COUNT", 10)
SMALL_POPULATION = env.upward("SMALL_POPULATION", 100)

# Where figures and outlines come from.
CBS_URL = env.text("CBS_URL", "https://datasets.cbs.nl/odata/v1/CBS")
CBS_FEED_URL = env.text("CBS_FEED_URL", "https://opendata.cbs.nl/ODataApi/odata")
RIVM_URL = env.text("RIVM_URL", "https://dataderden.cbs.nl/ODataApi/odata")
PDOK_URL = env.text("PDOK_URL", "https://api.pdok.nl/cbs/wijken-en-buurten-{year}/ogc/v1")

# The door of the installation: who answers for it, shown on /privacy, /toegankelijkheid and security.txt.
ORGANISATION_UNNAMED = _("de beheerder van deze Samenwijk")
ORGANISATION_NAME = env.text("ORGANISATION_NAME", "") or ORGANISATION_UNNAMED
PRIVACY_CONTACT = env.text("PRIVACY_CONTACT", "")
SECURITY_CONTACT = env.text("SECURITY_CONTACT", "")
CONTACT_PHONE = env.text("CONTACT_PHONE", "")
THEME_STYLESHEET = env.text("THEME_STYLESHEET", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": "samenwijk.config.logs.Discreet", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": env.text("LOG_LEVEL", "WARNING")},
}
