"""A clock that runs by itself: an end time, what the server's clock says now, and a sentence for who has no script."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.dateformat import time_format
from django.utils.formats import date_format
from django.utils.translation import gettext as _

NO_BREAK = "\N{NO-BREAK SPACE}"


def day(moment: date | None) -> str:
    """12 december, with the year only when it is another year; nothing for no day."""
    if moment is None:
        return ""
    if isinstance(moment, datetime):
        moment = timezone.localtime(moment)
    return date_format(moment, "j F" if moment.year == timezone.localdate().year else "j F Y").replace(" ", NO_BREAK)


def minutes_and_seconds(seconds: float) -> str:
    """446 -> "7:26"; over an hour "1:02:05"; after the end how much over time: "+0:30"."""
    whole = int(abs(seconds))
    hours, rest = divmod(whole, 3600)
    sign = "+" if seconds <= -1 else ""
    minutes, left = divmod(rest, 60)
    return f"{sign}{hours}:{minutes:02}:{left:02}" if hours else f"{sign}{minutes}:{left:02}"


def describe(
    ends_at: datetime | None, *, total: int = 0, paused_left: int | None = None, now: datetime | None = None
) -> dict[str, Any]:
    """All that the timer's template and app.js need; `share` is the part of the ring still to go, in percents."""
    now = now or timezone.now()
    standing = ends_at is None or paused_left is not None
    left = float(paused_left or 0) if ends_at is None or paused_left is not None else (ends_at - now).total_seconds()
    share = max(0.0, min(100.0, left * 100 / total)) if total else 0.0
    return {
        "ends_at": "" if standing or ends_at is None else ends_at.isoformat(),
        "now": now.isoformat(),
        "total": total,
        "share": f"{share:.1f}",
        "standing": standing,
        "shown": minutes_and_seconds(left),
        "until": "" if ends_at is None else _("tot %(time)s uur") % {"time": _clock_time(ends_at)},
        "over": left <= -1,
    }


def _clock_time(moment: datetime) -> str:
    return time_format(timezone.localtime(moment).time(), "H.i")
