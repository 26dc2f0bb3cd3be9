"""Daphne with the limits it lacks; `daphne_server` runs it.

Everything that leans on private parts of Daphne, Twisted and Autobahn is in this package; it
refuses to run on versions it was not tried with. What is added: a cap on bodies while they come in
(Daphne reads all of it first), short time-outs for callers who dawdle, caps on connections, a short
way for frames, an end for readers who do not read, a close code for sockets when the server is
stopped, and errors that do not name the server.
"""

# First of all: it installs the asyncio reactor, which any other import of Twisted would forestall.
import daphne.server as _reactor_first  # noqa: F401
