"""What a serving process loads at its start."""

import os
import subprocess
import sys

HEAVY = ("numpy", "scipy", "shapely", "openpyxl", "httpx", "weasyprint")


def test_heavy_libraries_are_loaded_only_where_they_are_used(tmp_path):
    """A phone's page needs none of them, and a process without them is a third smaller."""
    program = (
        "import sys, django; django.setup(); "
        "from samenwijk.config import asgi, urls; "
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    settings = {"DJANGO_SETTINGS_MODULE": "samenwijk.config.settings", "SAMENWIJK_DEMO": "1"}
    environment = {**os.environ, **settings, "SAMENWIJK_DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr
