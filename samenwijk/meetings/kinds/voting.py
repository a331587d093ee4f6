"""Choosing among the ideas of the evening: with dots, or in another way that the script or the facilitator sets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Min, Q
from django.utils.translation import gettext_lazy as _

from samenwijk.meetings import ways
from samenwijk.meetings.kinds.base import Act, Refused, Said
from samenwijk.meetings.kinds.choosing import Dotted
from samenwijk.meetings.kinds.choosing_forms import VoteSettings, WayForm
from samenwijk.plans.models import Choice

if TYPE_CHECKING:
    from samenwijk.meetings.models import Participant, Step


class Vote(Dotted):
    """The ideas of the evening; the top 3 of each theme goes on, or a fair share of all themes together."""

    slug = "vote"
    title = _("Stemmen")
    question = _("Welke ideeën pakken we als eerste op?")
    minutes = 5
    settings_of_the_kind: ClassVar[dict[str, Any]] = {
        "dots": 3,
        "places": 3,
        "way": str(Choice.Form.DOTS),
        "seats": ways.SEATS,
    }
    settings_form = VoteSettings
    acts = (*Dotted.acts, Act("way", _("Kies een andere manier"), WayForm))

    def enter(self, step: Step) -> None:
        from samenwijk.meetings.board import ideas_of

        way = self._way(step)
        choice = self.opened(step, Choice.Subject.IDEAS, self._places(step, way), way)
        if choice.is_open:
            # A theme can be on the list of other evenings too, at another place.
            place = Min("theme__meetings__position", filter=Q(theme__meetings__meeting=step.meeting))
            there = ideas_of(step.meeting).on_the_board().annotate(place=place)
            choice.offer(there.order_by("place", "created_at", "pk"))

    @staticmethod
    def _way(step: Step) -> str:
        way: str = step.setting("way")
        return way if way in ways.WAYS else str(Choice.Form.DOTS)

    @staticmethod
    def _places(step: Step, way: str) -> int:
        return int(step.setting("seats" if way == Choice.Form.SHARES else "places"))

    def act_way(self, step: Step, data: dict[str, Any], by: Any) -> Said:
        choice, way = self._choice(step), data["way"]
        if not choice.is_open or not choice.is_untouched:
            raise Refused(_("Er is al gestemd. De manier van kiezen staat nu vast."))
        step.settings = {**step.settings, "way": way}
        step.save(update_fields=["settings"])
        choice.choose_by(way, places=self._places(step, way))
        step.meeting.announce("step")
        return Said(_("De zaal kiest nu zo: %(way)s.") % {"way": str(ways.WAYS[way].title)})

    def phone(self, step: Step, participant: Participant) -> dict[str, Any]:
        return {**super().phone(step, participant), **self._in_words(step)}

    def screen(self, step: Step) -> dict[str, Any]:
        return {**super().screen(step), **self._in_words(step)}

    def console(self, step: Step) -> dict[str, Any]:
        seen = super().console(step)
        choice = step.choice
        may_change = bool(choice and choice.is_open and not seen["voters"] and not seen["paper_dots"])
        ideas = len(self.offered(step)) if may_change and choice and choice.counts_stickers else 0
        many = ideas if ideas > ways.MANY_IDEAS else 0
        return {**seen, **self._in_words(step), "ways": ways.WAYS if may_change else {}, "many_ideas": many}

    def report(self, step: Step) -> dict[str, Any]:
        return {**super().report(step), **self._in_words(step)}

    @staticmethod
    def _in_words(step: Step) -> dict[str, Any]:
        return {"way": ways.WAYS[step.choice.form if step.choice else Choice.Form.DOTS]}
