"""A listener hears every frame of its channel once, in order, also after being away."""

import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.live.world import LiveRoom, Server, eventually


def test_the_first_event_says_hello_with_the_clock_of_the_server(room: LiveRoom) -> None:
    line = room.listen()
    hello = line.events[0]
    assert hello["name"] == "hello"
    assert hello["seq"] == 0
    assert abs(hello["now"] / 1000 - time.time()) < 5


def test_a_stream_tells_proxies_not_to_hold_it_back(room: LiveRoom) -> None:
    line = room.listen()
    assert line.answer.headers["Content-Type"] == "text/event-stream; charset=utf-8"
    assert line.answer.headers["X-Accel-Buffering"] == "no"
    assert line.answer.headers["Cache-Control"] == "no-store"


def test_a_frame_says_that_something_happened_and_nothing_more(room: LiveRoom) -> None:
    line = room.listen("screen")
    seq = room.announce(kind="idea.added")
    line.hears(seq)
    frame = dict(line.frames[0])
    assert frame.pop("at") > 0
    assert frame == {"name": "message", "id": seq, "seq": seq, "kind": "idea.added"}


def test_a_page_rendered_before_a_change_hears_of_it(room: LiveRoom) -> None:
    first, second = room.announce(), room.announce()
    line = room.listen(since=first)
    line.hears(second)
    assert line.numbers == [second]


def test_a_listener_that_comes_back_gets_what_it_missed(room: LiveRoom) -> None:
    line = room.listen()
    heard = room.announce()
    line.hears(heard)
    line.hang_up()
    missed = [room.announce() for _ in range(3)]
    again = room.listen(headers={"Last-Event-ID": str(heard)})
    again.hears(missed[-1])
    assert again.numbers == missed


def test_the_later_of_address_and_last_event_id_counts(room: LiveRoom) -> None:
    numbers = [room.announce() for _ in range(4)]
    line = room.listen(since=numbers[0], headers={"Last-Event-ID": str(numbers[2])})
    line.hears(numbers[3])
    assert line.numbers == [numbers[3]]


def test_what_left_the_ring_is_read_from_the_log(room: LiveRoom) -> None:
    room.listen().hang_up()
    for _ in range(3):
        room.announce(channels="screen", times=49)
        room.announce(channels="phone", times=51)
    line = room.listen(since=0)
    line.hears(300)
    assert line.numbers == [*range(50, 101), *range(150, 201), *range(250, 301)]


def test_a_listener_too_far_behind_starts_afresh(room: LiveRoom) -> None:
    last = room.announce(times=530)
    line = room.listen(since=1)
    eventually(lambda: len(line.events) > 1)
    assert line.events[1]["name"] == "reset"
    assert line.events[1]["seq"] == last
    assert room.announce() == last + 1
    line.hears(last + 1)


def test_a_number_from_the_future_starts_afresh(room: LiveRoom) -> None:
    seq = room.announce()
    line = room.listen(since=seq + 1000)
    eventually(lambda: len(line.events) > 1)
    assert line.events[1]["name"] == "reset"
    assert line.events[1]["seq"] == seq


def test_a_channel_hears_only_what_is_meant_for_it(room: LiveRoom) -> None:
    phone, screen = room.listen("phone"), room.listen("screen")
    for_screen = room.announce(channels="screen")
    for_both = room.announce(channels="phone screen")
    phone.hears(for_both)
    screen.hears(for_both)
    assert phone.numbers == [for_both]
    assert screen.numbers == [for_screen, for_both]


def test_forty_five_people_at_once_make_one_sequence_without_gaps(room: LiveRoom) -> None:
    lines = [room.listen(since=0) for _ in range(5)]
    with ThreadPoolExecutor(16) as people:
        numbers = list(people.map(lambda n: room.announce(directly="1" if n % 3 == 0 else ""), range(90)))
    assert sorted(numbers) == list(range(1, 91))
    for line in lines:
        line.hears(90)
        assert line.numbers == list(range(1, 91))
    assert room.state()["numbers"] == list(range(1, 91))


def test_an_open_vote_is_told_at_most_four_times_a_second(room: LiveRoom) -> None:
    screen, facilitator, phone = room.listen("screen"), room.listen("facilitator"), room.listen("phone")
    begin = time.monotonic()
    last = [room.announce(kind="vote", voters=n) for n in range(1, 121)][-1]
    took = time.monotonic() - begin
    screen.hears(last)
    facilitator.hears(last)
    assert screen.frames[-1]["voters"] == 120
    assert len(screen.frames) <= took * 4 + 2
    assert phone.frames == []


def test_the_last_count_of_a_burst_is_never_lost(room: LiveRoom) -> None:
    screen = room.listen("screen")
    room.announce(kind="vote", voters=1)
    last = room.announce(kind="vote", voters=2)
    screen.hears(last, within=2)


def test_a_change_of_step_does_not_wait_for_the_count(room: LiveRoom) -> None:
    screen = room.listen("screen")
    room.announce(kind="vote", voters=1)
    room.announce(kind="vote", voters=2)
    begin = time.monotonic()
    step = room.announce(kind="step")
    screen.hears(step, within=2)
    assert time.monotonic() - begin < 0.2
    assert screen.numbers[-2:] == [step - 1, step]


def test_a_change_made_by_another_process_arrives_within_the_sweep(server: Server, room: LiveRoom) -> None:
    line = room.listen()
    script = (
        "import django; django.setup()\n"
        "from django.db import transaction\nfrom samenwijk.live.models import Room\n"
        f"with transaction.atomic(): Room.objects.get(pk={room.number}).announce('imported')"
    )
    assert server.command("shell", "--no-imports", "-c", script).returncode == 0
    line.hears(1, within=5)


def test_a_poll_without_a_number_says_at_once_where_the_room_is(room: LiveRoom) -> None:
    seq = room.announce()
    answer = room.poll()
    assert (answer["seq"], answer["frames"]) == (seq, [])


def test_a_poll_brings_the_same_frames_as_the_stream(room: LiveRoom) -> None:
    numbers = [room.announce() for _ in range(3)]
    answer = room.poll(since=numbers[0])
    assert [frame["seq"] for frame in answer["frames"]] == numbers[1:]
    assert answer["seq"] == numbers[-1]
    assert answer["now"] >= answer["frames"][-1]["at"]


def test_a_poll_waits_for_the_next_frame(room: LiveRoom) -> None:
    seq = room.announce()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(room.poll, since=seq)
        time.sleep(0.5)
        assert not waiting.done()
        later = room.announce(kind="step")
        answer = waiting.result(timeout=5)
    assert [frame["seq"] for frame in answer["frames"]] == [later]


def test_a_poll_may_ask_not_to_wait(room: LiveRoom) -> None:
    seq = room.announce()
    begin = time.monotonic()
    assert room.poll(since=seq, wait=0)["frames"] == []
    assert time.monotonic() - begin < 2


def test_a_poll_too_far_behind_is_told_to_start_afresh(room: LiveRoom) -> None:
    assert room.poll(since=999)["reset"] is True


@pytest.mark.parametrize("since", ["", "-1", "abc", "٣", "1" * 40, "1.5"])
def test_nonsense_for_a_number_reads_as_no_number(room: LiveRoom, since: str) -> None:
    seq = room.announce()
    assert room.poll(since=since)["seq"] == seq


def test_streams_hold_no_threads(room: LiveRoom) -> None:
    before = room.state()["threads"]
    lines = [room.listen() for _ in range(60)]
    assert room.state()["threads"] <= before + 2
    for line in lines:
        line.hang_up()


def test_the_stream_beats_so_that_proxies_and_phones_know_it_lives(room: LiveRoom) -> None:
    line = room.listen()
    seq = room.announce(channels="screen")
    beat = eventually(lambda: [e for e in line.events if e["name"] == "beat"], within=20)[0]
    assert beat["id"] == seq
    assert json.dumps(beat["now"]).isdigit()
