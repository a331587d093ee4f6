"""Who gets through the live door, and what it answers to the rest."""

import time

import pytest

from tests.live.world import LiveRoom, Server, eventually


def mangled(ticket: str) -> list[str]:
    payload, signature = ticket.split("~")
    room, channel, expires, who = payload.split(".")
    other_channel = ".".join([room, "facilitator", expires, who])
    later = ".".join([room, channel, str(int(expires) + 9999), who])
    other_room = ".".join([str(int(room) + 1), channel, expires, who])
    changed = [f"{text}~{signature}" for text in (other_channel, later, other_room)]
    return [*changed, payload, f"{payload}~", f"{payload}~{signature[:-1]}x", "", "x", "~", "%00", "é", "x" * 3000]


@pytest.mark.parametrize("which", range(12))
@pytest.mark.parametrize("action", ["stream", "poll"])
def test_a_forged_ticket_finds_nothing(room: LiveRoom, which: int, action: str) -> None:
    from urllib.parse import quote

    forged = mangled(room.tickets["phone"])[which]
    status, body = room.server.ask("GET", f"/live/{quote(forged, safe='%')}/{action}")
    assert (status, body) == (404, "Niet gevonden.\n")


def test_an_expired_ticket_finds_nothing(room: LiveRoom) -> None:
    expired = room.ticket(seconds=-1)
    assert room.server.ask("GET", f"/live/{expired}/stream")[0] == 404
    assert room.server.ask("POST", f"/live/{expired}/pending", n=1)[0] == 404


def test_a_ticket_to_a_room_that_is_gone_finds_nothing(server: Server) -> None:
    gone = server.room()
    script = f"from samenwijk.live.models import Room; Room.objects.filter(pk={gone.number}).delete()"
    assert server.command("shell", "-c", script).returncode == 0
    assert server.ask("GET", f"/live/{gone.tickets['phone']}/stream")[0] == 404


@pytest.mark.parametrize("path", ["", "/", "/streams", "/stream/x", "/poll/", "/../poll"])
def test_other_addresses_behind_the_door_find_nothing(room: LiveRoom, path: str) -> None:
    assert room.server.ask("GET", f"/live/{room.tickets['phone']}{path}")[0] == 404


@pytest.mark.parametrize(("method", "action"), [("POST", "stream"), ("POST", "poll"), ("GET", "pending")])
def test_another_method_is_refused(room: LiveRoom, method: str, action: str) -> None:
    assert room.server.ask(method, f"/live/{room.tickets['phone']}/{action}")[0] == 405


def test_one_person_opens_so_many_lines_and_no_more(room: LiveRoom) -> None:
    ticket = room.ticket(who="somebody")
    lines = [room.listen(ticket=ticket) for _ in range(12)]
    assert room.listen(ticket=ticket).status == 429
    assert room.listen(ticket=room.ticket(who="somebody else")).status == 200
    lines[0].hang_up()
    eventually(lambda: room.listen(ticket=ticket).status == 200)


def test_two_tabs_of_one_person_are_one_phone(room: LiveRoom) -> None:
    ticket = room.ticket(who="ans")
    for client in ("a", "b"):
        room.listen(ticket=ticket, client=client)
    room.listen(ticket=room.ticket(who="bea"))
    room.listen("screen")
    assert room.state()["connected"] == 2


def test_a_phone_that_left_stops_counting(room: LiveRoom) -> None:
    line = room.listen(ticket=room.ticket(who="ans"))
    assert room.state()["connected"] == 1
    line.hang_up()
    eventually(lambda: room.state()["connected"] == 0, within=10)


def test_a_phone_that_polls_stays_counted_between_its_polls(room: LiveRoom) -> None:
    ticket = room.ticket(who="ans")
    room.server.json(f"/live/{ticket}/poll", client="a")
    time.sleep(0.5)
    assert room.state()["connected"] == 1


def test_the_room_knows_which_phones_hold_unsent_answers(room: LiveRoom) -> None:
    ans, bea = room.ticket(who="ans"), room.ticket(who="bea")
    room.listen(ticket=ans, client="a", pending=2)
    room.listen(ticket=bea, client="b", pending=0)
    assert room.state()["pending"] == 1
    assert room.server.ask("POST", f"/live/{bea}/pending", n=1, client="b")[0] == 204
    assert room.state()["pending"] == 2
    room.server.ask("POST", f"/live/{ans}/pending", n=0, client="a")
    room.server.ask("POST", f"/live/{bea}/pending", n=0, client="b")
    assert room.state()["pending"] == 0


def test_a_phone_that_lost_its_line_while_sending_is_waited_for(room: LiveRoom) -> None:
    ticket = room.ticket(who="ans")
    line = room.listen(ticket=ticket, client="a", pending=1)
    line.hang_up()
    time.sleep(0.3)
    assert room.state()["pending"] == 1


def test_pages_get_odd_addresses_and_no_disguised_headers(server: Server) -> None:
    status, body = server.ask("GET", "/echo?q=%C3%A9&x=1", headers={"X_Spoofed": "yes"})
    assert status == 200
    assert '"query": "q=%C3%A9&x=1"' in body
    assert '"spoofed": []' in body
