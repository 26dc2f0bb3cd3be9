"""Whether this process sees its callers off: no longer ready, but still serving (hazard H23)."""

import threading

# Sockets that have not gone by then, in seconds, are closed with their server (1012).
LONGEST_S = 20.0

draining = threading.Event()
