"""What the scripts of a live page do in a real browser, in good and in bad weather."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.live.proxy import Proxy
from tests.live.world import LiveRoom, Server

pytestmark = pytest.mark.journey


@pytest.fixture
def phone(page: Any, room: LiveRoom) -> Any:
    page.goto(f"http://127.0.0.1:{room.server.port}/page?room={room.number}")
    expect(page.locator("[data-live-state]")).to_have_text("live")
    yield page
    assert page.troubles == []


def items(page: Any) -> Any:
    return page.locator("#task li")


def send(page: Any, text: str) -> None:
    page.get_by_label("Antwoord").fill(text)
    page.get_by_role("button", name="Sturen").click()


def someone_else_answers(room: LiveRoom, text: str) -> None:
    import http.client
    from urllib.parse import urlencode

    line = http.client.HTTPConnection("127.0.0.1", room.server.port)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    line.request("POST", f"/answer?room={room.number}", urlencode({"text": text, "key": text}), form)
    assert line.getresponse().status == 302
    line.close()


def test_an_answer_of_somebody_else_appears_by_itself(phone: Any, room: LiveRoom) -> None:
    someone_else_answers(room, "meer groen")
    expect(items(phone)).to_have_text(["meer groen"])


def test_a_frame_of_another_kind_fetches_nothing(phone: Any, room: LiveRoom) -> None:
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    room.announce(kind="answers")
    room.announce(kind="vote")
    phone.wait_for_timeout(600)
    assert [url for url in asked if "/page" in url] == []


def test_the_number_of_voters_moves_without_fetching(page: Any, room: LiveRoom) -> None:
    page.goto(f"http://127.0.0.1:{room.server.port}/page?room={room.number}&channel=screen")
    expect(page.locator("[data-live-state]")).to_have_text("live")
    room.announce(kind="vote", voters=12)
    expect(page.locator("[data-voters]")).to_have_text("12")


def test_what_somebody_is_typing_is_never_touched(phone: Any, room: LiveRoom) -> None:
    phone.get_by_label("Antwoord").fill("een bankje bij de")
    someone_else_answers(room, "meer groen")
    news = phone.get_by_role("button", name="Er is iets nieuws")
    expect(news).to_be_visible()
    expect(phone.get_by_label("Antwoord")).to_have_value("een bankje bij de")
    news.click()
    expect(items(phone)).to_have_text(["meer groen"])
    expect(news).to_have_count(0)


def test_a_field_that_was_only_looked_at_gives_way_when_left(phone: Any, room: LiveRoom) -> None:
    phone.get_by_label("Antwoord").focus()
    someone_else_answers(room, "meer groen")
    expect(phone.get_by_role("button", name="Er is iets nieuws")).to_be_visible()
    phone.evaluate("document.activeElement.blur()")
    expect(items(phone)).to_have_text(["meer groen"])


def test_an_answer_goes_through_the_outbox_and_leaves_it_empty(phone: Any, room: LiveRoom) -> None:
    send(phone, "een bankje")
    expect(items(phone)).to_have_text(["een bankje"])
    expect(phone.get_by_label("Antwoord")).to_have_value("")
    expect(phone.locator("[data-live-state]")).to_have_text("live")
    send(phone, "nog een")
    expect(items(phone)).to_have_text(["een bankje", "nog een"])


def test_an_error_of_the_server_is_shown_and_the_form_works_again(phone: Any) -> None:
    for _ in range(2):
        send(phone, "")
        expect(phone.locator("#error")).to_have_text("Schrijf eerst iets.")
        expect(phone.get_by_role("button", name="Sturen")).to_be_enabled()
    send(phone, "toch iets")
    expect(items(phone)).to_have_text(["toch iets"])


def test_an_answer_given_without_connection_is_kept_and_stored_once(page: Any, fresh: Server) -> None:
    room = fresh.start().room()
    port = fresh.port
    page.goto(f"http://127.0.0.1:{port}/page?room={room.number}")
    expect(page.locator("[data-live-state]")).to_have_text("live")
    fresh.stop()
    send(page, "een bankje")
    expect(page.locator(".live-note")).to_contain_text("Bewaard op deze telefoon")
    expect(page.locator("[data-live-state]")).to_have_text("geen verbinding, 1 antwoord bewaard", timeout=10000)
    fresh.start(port)
    expect(items(page)).to_have_text(["een bankje"], timeout=15000)
    expect(page.locator("[data-live-state]")).to_have_text("live", timeout=15000)
    assert page.troubles == []


def test_answers_survive_closing_the_page_and_arrive_in_order_once(new_page: Any, fresh: Server) -> None:
    room = fresh.start().room()
    address = f"http://127.0.0.1:{fresh.port}/page?room={room.number}"
    first = new_page(width=390)
    first.goto(address)
    first.route("**/answer*", lambda route: route.abort())
    for text in ("een", "twee", "drie"):
        send(first, text)
        expect(first.locator(".live-note")).to_contain_text("Bewaard")
        first.reload()
    expect(first.locator("[data-live-state]")).to_contain_text("3 antwoorden")
    second = first.context.new_page()
    first.close()
    second.goto(address)
    expect(items(second)).to_have_text(["een", "twee", "drie"], timeout=15000)
    second.reload()
    second.wait_for_timeout(500)
    expect(items(second)).to_have_text(["een", "twee", "drie"])


def test_the_next_person_on_a_shared_phone_sends_nothing_of_the_last(phone: Any, room: LiveRoom) -> None:
    phone.route("**/answer*", lambda route: route.abort())
    send(phone, "van Ans")
    expect(phone.locator(".live-note")).to_contain_text("Bewaard")
    phone.unroute("**/answer*")
    phone.goto(f"http://127.0.0.1:{room.server.port}/page?room={room.number}&who=bea")
    expect(phone.locator("[data-live-state]")).to_have_text("live")
    phone.wait_for_timeout(500)
    assert items(phone).count() == 0


@pytest.fixture
def proxy(room: LiveRoom) -> Iterator[Proxy]:
    made = Proxy(room.server.port)
    yield made
    made.close()


def test_the_line_comes_back_after_a_time_of_503(page: Any, room: LiveRoom, proxy: Proxy) -> None:
    page.goto(f"http://127.0.0.1:{proxy.port}/page?room={room.number}")
    expect(page.locator("[data-live-state]")).to_have_text("live")
    proxy.busy = True
    proxy.cut()
    expect(page.locator("[data-live-state]")).to_have_text("geen verbinding", timeout=8000)
    someone_else_answers(room, "meer groen")
    proxy.busy = False
    expect(items(page)).to_have_text(["meer groen"], timeout=10000)
    expect(page.locator("[data-live-state]")).to_have_text("live")


def test_behind_a_proxy_that_holds_streams_back_the_page_polls(page: Any, room: LiveRoom, proxy: Proxy) -> None:
    proxy.holds_streams = True
    page.goto(f"http://127.0.0.1:{proxy.port}/page?room={room.number}")
    expect(page.locator("[data-live-state]")).to_have_text("live", timeout=15000)
    someone_else_answers(room, "meer groen")
    expect(items(page)).to_have_text(["meer groen"], timeout=6000)
    streams = sum("/stream" in path for path in proxy.asked)
    page.reload()
    expect(page.locator("[data-live-state]")).to_have_text("live")
    someone_else_answers(room, "een bankje")
    expect(items(page)).to_have_text(["meer groen", "een bankje"])
    assert sum("/stream" in path for path in proxy.asked) == streams, "the next page does not try a stream again"


TAKES_THE_LINE_AND_HEARS_SOMETHING_AS_SOON_AS_IT_HAS_ANSWERED = """(text) => {
  const [room, channel, , who] = JSON.parse(document.body.textContent).ticket.split("~")[0].split(".");
  const [from, key] = [-1, `${room}.${channel}.${who}`];
  const others = new BroadcastChannel("samenwijk-live");
  others.onmessage = async ({ data }) => {
    if (data.word !== "who") return;
    others.postMessage({ word: "lead", key, to: data.from, from, seq: 0 });
    await fetch(`/answer?room=${room}`, { method: "POST", body: new URLSearchParams({ text, key: text }) });
    const told = { seq: 1, kind: "answer.added" };
    others.postMessage({ word: "told", from, event: { name: "message", told, id: 1 } });
  };
  others.postMessage({ word: "claim", key, from });
}"""


def test_a_tab_misses_nothing_that_came_between_the_answer_of_another_tab_and_following_it(
    phone: Any, room: LiveRoom
) -> None:
    other = phone.context.new_page()
    other.goto(f"http://127.0.0.1:{room.server.port}/ticket?room={room.number}&channel=phone&who=ans")
    other.evaluate(TAKES_THE_LINE_AND_HEARS_SOMETHING_AS_SOON_AS_IT_HAS_ANSWERED, "meer groen")
    # Sooner than the tab asks whether the other one still lives: then it would hear everything again.
    expect(items(phone)).to_have_text(["meer groen"], timeout=3000)


ANSWERS_AND_STEPS_ASIDE_AT_ONCE = """() => {
  const [room, channel, , who] = JSON.parse(document.body.textContent).ticket.split("~")[0].split(".");
  const [from, key] = [-1, `${room}.${channel}.${who}`];
  const others = new BroadcastChannel("samenwijk-live");
  others.onmessage = ({ data }) => {
    if (data.word !== "who") return;
    others.onmessage = null;
    others.postMessage({ word: "lead", key, to: data.from, from, seq: 0 });
    others.postMessage({ word: "gone", from });
  };
  others.postMessage({ word: "claim", key, from });
}"""


def test_a_tab_does_not_follow_another_that_stepped_aside_while_it_was_asking(phone: Any, room: LiveRoom) -> None:
    other = phone.context.new_page()
    other.goto(f"http://127.0.0.1:{room.server.port}/ticket?room={room.number}&channel=phone&who=ans")
    other.evaluate(ANSWERS_AND_STEPS_ASIDE_AT_ONCE)
    phone.wait_for_timeout(200)
    someone_else_answers(room, "meer groen")
    # Sooner than the tab asks whether the other one still lives.
    expect(items(phone)).to_have_text(["meer groen"], timeout=3000)


LETS_ITS_BEAT_OVERTAKE_AN_ANSWER = """() => {
  const [room, channel, , who] = JSON.parse(document.body.textContent).ticket.split("~")[0].split(".");
  const [from, key] = [-1, `${room}.${channel}.${who}`];
  const others = new BroadcastChannel("samenwijk-live");
  others.onmessage = async ({ data }) => {
    if (data.word !== "who") return;
    others.onmessage = null;
    others.postMessage({ word: "lead", key, to: data.from, from, seq: 1 });
    const body = new URLSearchParams({ text: "meer groen", key });
    await fetch(`/answer?room=${room}`, { method: "POST", body, redirect: "manual" });
    setTimeout(() => others.postMessage({ word: "told", from, event: { name: "beat", told: {}, id: 1 } }), 200);
  };
  others.postMessage({ word: "claim", key, from });
}"""


def test_a_beat_that_comes_while_a_tab_asks_what_it_missed_hides_nothing(phone: Any, room: LiveRoom) -> None:
    other = phone.context.new_page()
    other.goto(f"http://127.0.0.1:{room.server.port}/ticket?room={room.number}&channel=phone&who=ans")

    def slowly(route: Any) -> None:
        phone.wait_for_timeout(700)
        route.continue_()

    phone.route("**/poll*", slowly, times=1)
    other.evaluate(LETS_ITS_BEAT_OVERTAKE_AN_ANSWER)
    # Sooner than the tab asks whether the other one still lives.
    expect(items(phone)).to_have_text(["meer groen"], timeout=3000)


def test_eight_tabs_of_one_phone_share_one_line_and_leave_room_for_an_answer(
    new_page: Any, room: LiveRoom, proxy: Proxy
) -> None:
    first = new_page(width=390)
    address = f"http://127.0.0.1:{proxy.port}/page?room={room.number}"
    first.goto(address)
    tabs = [first.context.new_page() for _ in range(7)]
    for tab in tabs:
        tab.goto(address)
        expect(tab.locator("[data-live-state]")).to_have_text("live")
    assert sum("/stream" in path for path in proxy.asked) <= 2, "two tabs may begin at the same moment"
    send(first, "een bankje")
    expect(items(first)).to_have_text(["een bankje"])
    for tab in tabs:
        expect(items(tab)).to_have_text(["een bankje"], timeout=8000)
    first.close()
    someone_else_answers(room, "meer groen")
    for tab in tabs:
        expect(items(tab)).to_have_text(["een bankje", "meer groen"], timeout=8000)
