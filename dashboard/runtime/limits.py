"""What both web servers hold callers to; times in seconds, sizes in bytes."""

# The door for events takes 4 MiB and answers itself up to here; above, the body is not kept.
MAX_BODY = 5 * 1024 * 1024
# The head of a request: its first line and headers.
MAX_HEAD = 64 * 1024
# From a connection's first moment, or its last answer, to the end of the next request's head.
HEAD_S = 10.0
# Whose link is slow may go on reading an answer, so long, while it takes so much in each HEAD_S.
ANSWER_S, LEAST_READ = 120.0, 64 * 1024
# What bodies occupy together from their first byte to the answer; who comes then is told 503.
BODIES_BYTES = 32 * 1024 * 1024
# Silence between two pieces of a body, and from a request's first line to its end.
# With the looks that find it, a part of all connections at a time, an idle one is gone within 15 s.
IDLE_S, RECEIVE_S = 10.0, 60.0
# A refused sender gets to read the answer: what it still sends is thrown away, so long and so much.
LINGER_S, LINGER_BYTES = 10, 64 * 1024 * 1024
# A socket is asked for a sign of life so often, and cut where none comes for so long.
PING_S, PONG_S = 5.0, 10.0
# What a client may say in one message; the consumers have it closed where it is nonsense.
MAX_MESSAGE = 4096
# A sender waits, and frames are skipped, while more than this is unread; the kernel holds as much.
ROOM_BYTES, KERNEL_BYTES = 16 * 1024, 64 * 1024
# A socket whose client leaves more than ROOM_BYTES unread for so long is cut.
UNREAD_S = 10.0
# Each socket is looked at so often, a part of them at a time.
LOOK_S, LOOKS = 2.0, 20
# What a stopped server gives to requests to be answered, and then to what it has cancelled.
FINISH_S = 2.0
