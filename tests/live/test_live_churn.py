"""Phones that come and go while the server is killed: everybody hears everything once and in order."""

import random
import threading
import time
from contextlib import suppress

from tests.live.test_live_serve import keep_announcing
from tests.live.world import Listener, LiveRoom, Server, eventually

PHONES = 8
MEAN_LIFE = 0.6


class Returning(threading.Thread):
    """A phone that loses its line every half second or so and comes back with the last number it heard."""

    def __init__(self, room: LiveRoom, number: int) -> None:
        super().__init__(daemon=True)
        self.room, self.chance = room, random.Random(number)
        self.ticket = room.ticket(who=f"phone-{number}")
        self.heard: list[int] = []
        self.lines = 0
        self.stays = threading.Event()

    def run(self) -> None:
        while not self.stays.is_set():
            with suppress(OSError, AssertionError):
                self.listen(self.chance.expovariate(1 / MEAN_LIFE))
            time.sleep(0.05)

    def listen(self, seconds: float) -> None:
        line = Listener(self.room.server.port, self.ticket, since=self.heard[-1] if self.heard else 0)
        self.lines += line.status == 200
        line.ended.wait(min(seconds, 2.0))
        line.hang_up()
        self.heard += line.numbers


def test_everybody_hears_everything_once_although_phones_leave_and_the_server_is_killed(fresh: Server) -> None:
    room = fresh.start().room()
    port = fresh.port
    phones = [Returning(room, number) for number in range(PHONES)]
    acknowledged: list[int] = []
    stop = threading.Event()
    voices = [threading.Thread(target=keep_announcing, args=(room, acknowledged, stop)) for _ in range(2)]
    for one in [*phones, *voices]:
        one.start()
    for enough in (40, 80):
        eventually(lambda enough=enough: len(acknowledged) > enough)
        if enough == 40:
            fresh.kill()
            fresh.start(port)
    stop.set()
    for voice in voices:
        voice.join()
    numbers = room.state()["numbers"]
    eventually(lambda: all(phone.heard[-1:] == numbers[-1:] for phone in phones))
    for phone in phones:
        phone.stays.set()
        phone.join()
        assert phone.heard == numbers
    assert set(acknowledged) <= set(numbers)
    assert sum(phone.lines for phone in phones) > 2 * PHONES
