"""The pages: Django's WSGI handler, which asgi.py runs in a bounded pool of threads."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenwijk.config.settings")
application = get_wsgi_application()
