"""The addresses of a meeting: joining, phone, projector, console, script, paper and report."""

from django.urls import URLPattern

from samenwijk.meetings.views import (
    around,
    board,
    console,
    emergency,
    joining,
    mine,
    paper,
    phone,
    prints,
    report,
    room,
    screen,
    script,
    table_plan,
)

app_name = "meetings"
urlpatterns: list[URLPattern] = [
    *joining.urls,
    *phone.urls,
    *mine.urls,
    *screen.urls,
    *console.urls,
    *emergency.urls,
    *board.urls,
    *room.urls,
    *script.urls,
    *paper.urls,
    *report.urls,
    *prints.urls,
    *around.urls,
    *table_plan.urls,
]
