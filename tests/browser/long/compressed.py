"""The board's settings with days of a minute: what ends after 24 hours ends after 60 s.

Daphne's `websocket_timeout` and the channel layer's `group_expiry` are 24 hours unless set. The
board has neither, a socket has no time-out and its layer no groups that expire; here it has both.
"""

from gmvboard.redis_url import layer_host
from gmvboard.settings import *  # noqa: F403
from gmvboard.settings import REDIS_TIMEOUTS, REDIS_URL

DAY_S = 60
SOCKET_LIFE_S = DAY_S
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        "CONFIG": {
            "hosts": [layer_host(REDIS_URL, {**REDIS_TIMEOUTS, "socket_timeout": 15})],
            "prefix": "gmv-live",
            "group_expiry": DAY_S,
        },
    }
}
