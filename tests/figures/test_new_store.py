"""The command on a machine where nothing ran before."""

import json
import os
import subprocess
import sys


def figures(folder, *arguments):
    environment = {name: value for name, value in os.environ.items() if name != "SAMENWIJK_DATABASE_URL"}
    environment |= {"SAMENWIJK_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "samenwijk.config.settings"}
    command = [sys.executable, "-m", "samenwijk.config.cli", "figures", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)


def test_figures_are_taken_in_before_anything_else_ran(tmp_path):
    listed = figures(tmp_path, "sources", "--json")
    assert (listed.returncode, json.loads(listed.stdout)) == (0, []), listed.stderr
    unknown = figures(tmp_path, "show", "WK054608", "--json")
    assert unknown.returncode == 1
    assert "zijn geen cijfers" in unknown.stderr
