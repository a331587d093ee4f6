"""`samenwijk`: Django's commands and our own, under one name."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenwijk.config.settings")
    if len(sys.argv) > 1 and sys.argv[1] in {"demo", "play"}:
        from samenwijk.demo.environment import prepare

        prepare(sys.argv[2:])
    execute_from_command_line(["samenwijk", *sys.argv[1:]])


if __name__ == "__main__":
    main()
