"""Between processes Redis carries a hint, `room:seq`, and nothing else; without it others look every 2 s.

Publishing happens in a thread of its own, so that a Redis that is slow or gone costs no visitor anything.
"""

import logging
import threading
import time
from queue import Full, Queue

from django.conf import settings

CHANNEL = "samenwijk:live"
WAIT_AFTER_FAILURE = 2.0

log = logging.getLogger(__name__)


class Hints:
    """Tells other processes which room has news; losing a hint is harmless."""

    def __init__(self) -> None:
        self._queue: Queue[str] = Queue(maxsize=1000)
        self._thread: threading.Thread | None = None
        self._gate = threading.Lock()
        self._silent_until = 0.0

    def publish(self, room: int, seq: int) -> None:
        if not settings.REDIS_URL or time.monotonic() < self._silent_until:
            return
        try:
            self._queue.put_nowait(f"{room}:{seq}")
        except Full:
            return
        if self._thread is None:
            self._start()

    def _start(self) -> None:
        with self._gate:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="live-hints", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        from redis import Redis, RedisError

        redis = Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1)
        while True:
            hint = self._queue.get()
            try:
                redis.publish(CHANNEL, hint)
            except (RedisError, OSError) as error:
                log.warning("Redis takes no hints now: %s", type(error).__name__)
                self._silent_until = time.monotonic() + WAIT_AFTER_FAILURE


hints = Hints()
