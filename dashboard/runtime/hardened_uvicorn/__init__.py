"""Uvicorn with the limits it lacks, for the viewers' side; `uvicorn_server` runs it.

Everything that leans on private parts of Uvicorn is in this package; it refuses to run on versions
it was not tried with. What is added is what `hardened_daphne` adds to Daphne.
"""
