#!/usr/bin/env python
"""Entry point of every command; `manage.py help` lists them."""

import os
import sys


def data_dir_from(argv: list[str]) -> str | None:
    """Return the value of ``--data-dir`` in ``argv``; settings need it before any parser runs."""
    for here, following in zip(argv, [*argv[1:], None], strict=True):
        if here == "--data-dir":
            return following
        if here.startswith("--data-dir="):
            return here.partition("=")[2]
    return None


def main() -> None:
    """Run the command named on the command line."""
    if data_dir := data_dir_from(sys.argv[1:]):
        os.environ["DATA_DIR"] = data_dir
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gmvboard.settings")
    from django.core.management import execute_from_command_line

    from gmvboard.env import BadSetting

    try:
        execute_from_command_line(sys.argv)
    except BadSetting as error:
        print(error, file=sys.stderr)  # noqa: T201
        sys.exit(2)
    from dashboard.live import revoke  # there once the tables are

    revoke.finish()


if __name__ == "__main__":
    main()
