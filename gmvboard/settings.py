"""Django's settings: one flat file that works with nothing set in the environment."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE

from gmvboard import broker, env, failpoints, feeds, logs, proxies, redis_url

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = env.data_dir(BASE_DIR)

DEBUG = False
DATABASE_URL = env.text("DATABASE_URL")
SECRET_KEY = env.secret_key(DATA_DIR, several_hosts=DATABASE_URL.startswith("postgres"))
# Seal the secrets of feeds: the first seals, all open. None: a key derived from SECRET_KEY does.
FEED_KEYS = env.fernet_keys("FEED_KEY")
# Where the public finds the board: posts link to its walls.
BOARD_URL = env.web_address("BOARD_URL")
# Apprise asks the network by itself, and our rules of outgoing requests do not hold for it.
APPRISE = env.flag("APPRISE")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS") or ["localhost", "127.0.0.1", "[::1]"]
if "*" in ALLOWED_HOSTS:
    raise env.BadSetting("ALLOWED_HOSTS: expected names of hosts; '*' would accept any Host header")
# Origins that may open sockets with a cookie, and post forms: exact scheme://host:port.
CSRF_TRUSTED_ORIGINS = env.words("TRUSTED_ORIGINS")
# Addresses whose X-Forwarded-For and X-Forwarded-Proto are believed; none unless named.
TRUSTED_PROXIES = env.words("TRUSTED_PROXIES")
proxies.networks(TRUSTED_PROXIES)  # a wrong one stops every process at its start

INSTALLED_APPS = [
    "dashboard",
    # Found in urls.py: only the web server needs the admin's pages, and all they import.
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "servestatic",
    "django.contrib.staticfiles",
    "channels",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "servestatic.middleware.ServeStaticMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "gmvboard.urls"
ASGI_APPLICATION = "gmvboard.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "dashboard" / "pages" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASES: dict[str, Any] = {"default": env.database(DATABASE_URL, DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "admin:login"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "dashboard.pages.problems.csrf_failure"
# Opens /readyz and /metrics to others than this machine.
METRICS_TOKEN = env.text("METRICS_TOKEN")
# Sockets a process serves (uvicorn: 10,000): what one is sized for, at a p99 of 250 ms. The rooms
# kept for kiosks and for staff are part of it; above, pages read the snapshot.
VIEWERS = env.whole("VIEWERS", 4_000, 1, 100_000)
VIEWERS_FOR_KIOSKS = env.whole("VIEWERS_FOR_KIOSKS", 50, 0, 100_000)
VIEWERS_FOR_STAFF = env.whole("VIEWERS_FOR_STAFF", 50, 0, 100_000)
if (_reserved := VIEWERS_FOR_KIOSKS + VIEWERS_FOR_STAFF) >= VIEWERS:
    raise env.BadSetting(
        "VIEWERS: expected more than VIEWERS_FOR_KIOSKS and VIEWERS_FOR_STAFF together, "
        f"{_reserved}, or nothing is left for the public; got {VIEWERS}"
    )
# Of one address (a venue may share one), and of one person who is logged in.
VIEWERS_PER_ADDRESS = env.whole("VIEWERS_PER_ADDRESS", 500, 1, 100_000)
VIEWERS_PER_USER = env.whole("VIEWERS_PER_USER", 20, 1, 1_000)
# Seconds after which a socket is ended; 0: never. Daphne's own default, a day, would end a wall
# during its festival: tests scale it down.
SOCKET_LIFE_S = 0
# How far a webhook's signed time may be from ours, in seconds.
WEBHOOK_TOLERANCE_S = env.whole("WEBHOOK_TOLERANCE_S", 300, 30, 600)
# What a source may send in the long run, events a second at each web process, unless its own row
# says otherwise.
SOURCE_EVENTS_PER_S = env.whole("SOURCE_EVENTS_PER_S", 1_000_000, 1, 10**9)
# Accepting stops where more than this lies in the ledger uncounted, and where less disk is free.
MOST_BACKLOG_MB = env.whole("MOST_BACKLOG_MB", 4_096, 1, 10**9)
LEAST_FREE_MB = env.whole("LEAST_FREE_MB", 256, 0, 10**9)
HTTPS = env.flag("HTTPS")
# Tests have processes killed at chosen places (gmvboard/failpoints.py).
if failpoints.refuse_in_production(env.flag("FAILPOINTS"), env.flag("UNDER_TEST"), HTTPS):
    failpoints.allow(DATA_DIR / "failpoints")
# Where posts may go beside the services' own hosts: a Mastodon server, a webhook (S25).
FEED_HOSTS = feeds.hosts("FEED_HOSTS")
# Tests have every feed ask a server of theirs, on this machine and without TLS.
FEEDS_DIVERTED_TO = feeds.diverted("FEEDS_DIVERTED_TO", env.flag("UNDER_TEST"), HTTPS)
globals().update(feeds.mail(env.text("EMAIL_URL")))
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "gmvboard@localhost")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # what other names of the domain do, and
    "security.W021",  # whether browsers carry it in their lists, its owner decides
    "security.W008",  # TLS ends at the proxy in front, which redirects; behind it there is HTTP
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        # plotly.js writes style attributes and a style element (open upstream).
        "style-src": [SELF, UNSAFE_INLINE],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "gmvboard.storage.HashedStorage"},
}

# One Redis holds tallies, channel layer and broker: the embedded one, unless REDIS_URL is set.
REDIS_SOCKET = env.embedded_socket(DATA_DIR)
REDIS_EMBEDDED = not env.text("REDIS_URL")
REDIS_URL = redis_url.checked("REDIS_URL", env.text("REDIS_URL", f"unix://{REDIS_SOCKET}"))
REDIS_TIMEOUTS: dict[str, Any] = {
    "socket_timeout": 5,
    "socket_connect_timeout": 3,
    "health_check_interval": 10,
}

CHANNEL_LAYERS = {
    "default": {
        # pubsub: sockets survive a Redis that blinks; the core layer closes them all.
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {
            "hosts": [redis_url.layer_host(REDIS_URL, {**REDIS_TIMEOUTS, "socket_timeout": 15})],
            "prefix": "gmv-live",
        },
    }
}

BROKER_URL = env.text("CELERY_BROKER_URL", REDIS_URL)
_broker = broker.broker(BROKER_URL)
CELERY_BROKER_URL = _broker.url
CELERY_BROKER_TRANSPORT_OPTIONS = _broker.options
CELERY_BROKER_HEARTBEAT = _broker.heartbeat_s
CELERY_BROKER_CONNECTION_TIMEOUT = 3
CELERY_TASK_DEFAULT_QUEUE = "gmv"
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
# A lost doorbell costs a second: the sweeper rings again. Acknowledged late, one whose Redis died
# under it is unfinished for ever, and the worker, which has no room for another, is deaf.
CELERY_TASK_ACKS_LATE = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_POOL = "gmvboard.worker_pool:TaskPool"
CELERY_TASK_TIME_LIMIT = 20
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 5
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # for ever

LOGGING = logs.config()
