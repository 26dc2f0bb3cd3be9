"""Benchmarks: figures that anyone can measure again with `make bench`.

`python -m bench` runs all of it; `--only NAME` one measurement, `--quick` a tenth of the work.
One file a measurement; `events.py` is the stream that all of them read, `load.py` the sender.
"""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gmvboard.settings")
