"""Runs `fill()` of a module of the bench inside an installation and prints what it tells, as JSON.

python -m bench.inside bench.w1_data
"""

import importlib
import json
import os
import sys

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenwijk.config.settings")
    django.setup()
    print(json.dumps(importlib.import_module(sys.argv[1]).fill()))
