"""The product's own settings, in a data folder of the tests' own and the demo's tables beside the product's."""

import atexit
import os
import shutil
import tempfile

if "SAMENWIJK_DATA_DIR" not in os.environ:
    # Parallel workers inherit the folder, so only the process that made it removes it.
    os.environ["SAMENWIJK_DATA_DIR"] = tempfile.mkdtemp(prefix="samenwijk-test-")
    atexit.register(shutil.rmtree, os.environ["SAMENWIJK_DATA_DIR"], ignore_errors=True)

from samenwijk.config.settings import *  # noqa: F403  (the environment comes first)
from samenwijk.config.settings import DATABASES, INSTALLED_APPS

DEMO_APP = "samenwijk.demo.apps.DemoConfig"
if DEMO_APP not in INSTALLED_APPS:
    INSTALLED_APPS.insert(0, DEMO_APP)

# Signing in is not what most tests are about, and Argon2 is slow on purpose.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# In memory, each process its own; what makes test databases in parallel knows this only of Django's own engine.
if DATABASES["default"]["ENGINE"] == "samenwijk.live.sqlite":
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
