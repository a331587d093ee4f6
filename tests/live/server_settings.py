"""The smallest installation with a live room: the app itself and a few views that press its buttons."""

from samenwijk.config.environment import Environment

env = Environment()
DATA_DIR = env.directory("DATA_DIR", "samenwijk-data")
SECRET_KEY = env.secret_key(DATA_DIR)
DATABASES = {"default": env.database(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = ["tests.live.registered.RegisteredConfig", "samenwijk.live.apps.LiveConfig"]
ROOT_URLCONF = "tests.live.server_urls"
WSGI_APPLICATION = "samenwijk.config.wsgi.application"
ALLOWED_HOSTS = ["127.0.0.1"]
REDIS_URL = env.text("REDIS_URL", "")
HTTPS = PLAIN_HTTP_ALLOWED = DEMO_LAN = False
USE_TZ = True
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
