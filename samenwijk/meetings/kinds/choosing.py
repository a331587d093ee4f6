"""Choosing: what every round shares, and the themes of the evening. Nobody sees a total before it closes."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samenwijk.live import presence
from samenwijk.meetings import ballot_paper, ways
from samenwijk.meetings.kinds.base import (
    PARTICIPANT,
    Act,
    Kind,
    Refused,
    Said,
    Sender,
    Take,
    by,
)
from samenwijk.meetings.kinds.choosing_forms import (
    DotsForm,
    NumberForm,
    ProposeForm,
    ResidentsForm,
    SettleForm,
    ThemesSettings,
)
from samenwijk.meetings.pictures import result_chart
from samenwijk.meetings.ways import group_support
from samenwijk.plans.models import Choice, ChoiceOption, Theme

if TYPE_CHECKING:
    from samenwijk.meetings.models import Participant, Step


class Dotted(Kind):
    """What every round of dots shares."""

    phase = _("Kiezen")
    on_paper = True
    takes: ClassVar[tuple[Take, ...]] = (Take("dots", by(PARTICIPANT), DotsForm),)
    acts: ClassVar[tuple[Act, ...]] = (
        Act("close", _("Sluit de stemming")),
        Act("reopen", _("Stemming weer openen")),
        Act("show", _("Laat de uitslag nu zien")),
        Act("settle", _("Beslist in de zaal"), SettleForm),
        Act("residents", _("Keuze van bewoners"), ResidentsForm),
    )

    def opened(self, step: Step, subject: str, places: int, form: str = Choice.Form.DOTS) -> Choice:
        """The step's choice, opened when the room first comes here."""
        if step.choice is None:
            step.choice = Choice.objects.create(
                wijk=step.meeting.wijk, subject=subject, dots=step.setting("dots"), places=places, form=form
            )
            step.save(update_fields=["choice"])
        return step.choice

    def allows(self, step: Step, take: str, by: str) -> bool:
        return super().allows(step, take, by) and bool(step.choice and step.choice.is_open)

    def take_dots(self, step: Step, sender: Sender, data: dict[str, Any], key: uuid.UUID) -> Said:
        choice, participant = step.choice, sender.participant
        if choice is None or participant is None:
            raise Refused(_("Stemmen doe je op je eigen telefoon."))
        self._leave_room_for_paper(choice, participant)
        choice.cast(
            participant.public_id,
            data["options"],
            group=participant.group,
            sequence=self._sequence(data),
            scores=data["scores"],
        )
        step.meeting.announce("vote", to=("screen", "facilitator"), voters=choice.number_of_voters())
        return Said(_("Je keuze is bewaard. Je mag hem nog veranderen."))

    def keep_late(self, step: Step, take: Take, sender: Sender, data: dict[str, Any]) -> dict[str, Any]:
        choice = step.choice
        if take.name == "dots" and choice is not None and sender.participant is not None:
            # Sent in time and still on its way when the vote closed: it counts, until the result is shown.
            on_its_way = sender.queued and choice.is_waiting
            if on_its_way:
                self._leave_room_for_paper(choice, sender.participant)
            choice.cast(
                sender.participant.public_id,
                data["options"],
                group=sender.participant.group,
                sequence=self._sequence(data),
                late=not on_its_way,
                scores=data["scores"],
            )
            if step.meeting.is_ended:
                choice.forget_voters()
            return {"counted": on_its_way}
        return super().keep_late(step, take, sender, data)

    @staticmethod
    def _sequence(data: dict[str, Any]) -> int:
        """The phone's own count of its sendings; without JavaScript the server's clock orders them."""
        return int(data.get("sequence") or timezone.now().timestamp() * 1000)

    @staticmethod
    def _leave_room_for_paper(choice: Choice, participant: Participant) -> None:
        from samenwijk.meetings.paper import is_there_room_for_a_phone

        if not is_there_room_for_a_phone(choice, participant):
            raise Refused(_("Jouw tafel heeft al op papier gestemd. Daarom kun je niet ook met je telefoon stemmen."))

    def act_close(self, step: Step, data: dict[str, Any], by: Any) -> Said:
        if self._choice(step).close(by=by):
            step.meeting.announce("vote.closed")
        self.ripen(step)
        return Said()

    def act_reopen(self, step: Step, data: dict[str, Any], by: Any) -> Said:
        if not self._choice(step).reopen(by=by):
            raise Refused(_("De uitslag is al te zien. Deze stemming kan niet meer open."))
        step.meeting.announce("step")
        return Said()

    def act_show(self, step: Step, data: dict[str, Any], by: Any) -> Said:
        self._choice(step).close(by=by)
        self._show(step, by=by)
        return Said()

    def act_settle(self, step: Step, data: dict[str, Any], by: Any) -> Said:
        self._choice(step).settle(data["options"], data["among"], by=by)
        self.settled(step)
        step.meeting.announce("result")
        return Said(_("De zaal heeft beslist. Dat staat bij de uitslag."))

    def ripen(self, step: Step) -> None:
        """Shows a closed vote when every phone has sent what it had, or 20 seconds after closing."""
        choice = step.choice
        if choice is None or not choice.is_waiting:
            return
        if presence.pending(step.meeting.room) == 0 or timezone.now() >= choice.grace_ends_at:
            self._show(step, by=None)

    def leave(self, step: Step) -> None:
        """Going on closes and counts. When nobody chose yet, the room may still come back to choose."""
        choice = step.choice
        if choice is None or choice.is_shown or (choice.is_open and choice.is_untouched):
            return
        choice.close(by=None)
        self._show(step, by=None)

    def _show(self, step: Step, *, by: Any) -> None:
        if self._choice(step).show(by=by):
            self.settled(step)
            step.meeting.announce("result")

    def settled(self, step: Step) -> None:
        """The result stands, or a tie was settled: what this step hands on."""

    @staticmethod
    def _choice(step: Step) -> Choice:
        if step.choice is None:
            raise Refused(_("Er is hier nog niets om te kiezen."))
        step.choice.refresh_from_db()
        return step.choice

    def phone(self, step: Step, participant: Participant) -> dict[str, Any]:
        choice = step.choice
        voted = bool(choice and choice.ballots.filter(voter=participant.public_id, late=False).exists())
        themes = self.positions(step) if choice and choice.is_shown else {}
        shown = ballot_paper.contests(choice, self.results(step, themes), themes)
        return {"choice": choice, "voted": voted, "result": {"contests": shown}, **self.of_residents(step)}

    def screen(self, step: Step) -> dict[str, Any]:
        themes = self.positions(step)
        return {
            "choice": step.choice,
            "voters": step.choice.number_of_voters() if step.choice else 0,
            "present": step.meeting.participants.present().count(),
            "results": self.results(step, themes),
            "options": self.offered(step),
            "themes": themes,
            **self.of_residents(step),
        }

    def console(self, step: Step) -> dict[str, Any]:
        choice = step.choice
        voters, late, paper_dots = choice.turnout() if choice else (0, 0, 0)
        groups = group_support(choice) if choice and choice.is_shown else None
        of_residents = self.of_residents(step)["of_residents"]
        return {
            "choice": choice,
            "voters": voters,
            "late": late,
            "results": [
                self._for_the_facilitator(step, contest, groups, of_residents) for contest in self.results(step)
            ],
            "paper_dots": paper_dots,
            "groups": groups,
            "of_residents": of_residents,
        }

    @staticmethod
    def _for_the_facilitator(
        step: Step, contest: dict[str, Any], groups: ways.GroupSupport | None, of_residents: list[ChoiceOption]
    ) -> dict[str, Any]:
        """A contest with its words, and for each option what each group gives it where that may be shown."""
        lines = [
            {
                "option": option,
                "per_group": groups.beside(option) if groups else [],
                "lowest": groups.lowest.get(option.pk, "") if groups else "",
                "tie": ways.tie_in_words(option),
                "of_residents": option in of_residents,
            }
            for option in contest["options"]
        ]
        title = contest["theme"].title if contest["theme"] else step.title
        narrow = any(option.narrow for option in contest["options"])
        unit = ways.unit(step.choice, 2) if step.choice else ""
        return {**contest, "lines": lines, "title": title, "narrow": narrow, "unit": unit}

    def act_residents(self, step: Step, data: dict[str, Any], by: Any) -> Said:
        """The residents tell themselves what they choose; the facilitator puts it beside the result."""
        step.remember(residents=[str(option.public_id) for option in data["options"]])
        step.meeting.announce("result")
        return Said(_("De keuze van bewoners staat bij de uitslag."))

    @staticmethod
    def of_residents(step: Step) -> dict[str, Any]:
        """What the residents presented as their choice, once they did."""
        named = step.state.get("residents", []) if step.choice and step.choice.is_shown else []
        if not named or step.choice is None:
            return {"of_residents": []}
        return {"of_residents": list(step.choice.options.filter(public_id__in=named).select_related("theme", "idea"))}

    def paper(self, step: Step) -> dict[str, Any]:
        return {
            "scored": step.setting("way") == Choice.Form.SCORE,
            "ballots": step.setting("way") in ways.WAYS and step.setting("way") != Choice.Form.DOTS,
            "options": list(step.choice.options.select_related("theme", "idea__theme")) if step.choice else [],
            "dots": step.setting("dots"),
        }

    def report(self, step: Step) -> dict[str, Any]:
        themes = self.positions(step)
        contests = [
            {
                **contest,
                "chart": result_chart(
                    contest["theme"] or step.title, contest["options"], self._colour(contest, themes), step.choice
                ),
                "narrow": any(option.narrow for option in contest["options"]),
                "settled": any(option.settled_in_the_room for option in contest["options"]),
            }
            for contest in self.results(step, themes)
        ]
        return {
            "contests": contests,
            "choice": step.choice,
            "voters": step.choice.number_of_voters() if step.choice else 0,
            **self.of_residents(step),
        }

    @staticmethod
    def _colour(contest: dict[str, Any], themes: dict[int, int]) -> int | None:
        return themes.get(contest["theme"].pk) if contest["theme"] else None

    @staticmethod
    def offered(step: Step) -> list[ChoiceOption]:
        """What people can still put their dots on: nothing any more once the result is shown."""
        if step.choice is None or step.choice.is_shown:
            return []
        there = step.choice.options.filter(idea__merged_into=None, idea__hidden_at=None, idea__withdrawn_at=None)
        return list(there.select_related("theme", "idea__theme"))

    def results(self, step: Step, themes: dict[int, int] | None = None) -> list[dict[str, Any]]:
        """The contests with their options, best first: empty until the result is shown."""
        choice = step.choice
        if choice is None or not choice.is_shown:
            return []
        contests: dict[Any, list[ChoiceOption]] = {}
        for option in choice.options.select_related("theme", "idea__theme"):
            if option.idea and option.idea.merged_into_id:
                continue
            option.choice = choice
            alone = option.idea.theme if option.idea and not choice.is_shared else None
            contests.setdefault(alone, []).append(option)
        ranked = [
            {
                "theme": theme,
                "options": sorted(options, key=_best_first),
                "tied": any(option.tied for option in options),
                "shared": choice.is_shared,
            }
            for theme, options in contests.items()
        ]
        for contest in ranked if choice.is_shared else ():
            for option in contest["options"]:
                option.why = ways.why(choice, option, contest["options"])
        positions = self.positions(step) if themes is None and len(ranked) > 1 else themes or {}
        return sorted(ranked, key=lambda contest: positions.get(getattr(contest["theme"], "pk", 0), 99))

    @staticmethod
    def positions(step: Step) -> dict[int, int]:
        """Theme primary key -> its place on this evening's list, which gives it colour and shape."""
        return dict(step.meeting.themes.values_list("theme_id", "position"))


class Themes(Dotted):
    """The room chooses its themes, or they were set beforehand."""

    slug = "themes"
    phase = _("Thema's")
    title = _("Thema's kiezen")
    question = _("Waar willen we vanavond mee verder?")
    minutes = 5
    settings_of_the_kind: ClassVar[dict[str, Any]] = {
        "dots": 3,
        "number": 3,
        "preset": False,
        "proposals": True,
    }
    settings_form = ThemesSettings
    takes = (*Dotted.takes, Take("propose", by(PARTICIPANT), ProposeForm))
    acts = (*Dotted.acts, Act("number", _("Hoeveel thema's gaan door?"), NumberForm))

    def takes_of(self, step: Step) -> tuple[Take, ...]:
        if step.setting("preset"):
            return ()
        return self.takes if step.setting("proposals") else self.takes[:1]

    def enter(self, step: Step) -> None:
        if step.setting("preset"):
            step.meeting.themes.update(chosen=True)
            self.share_out(step)
            return
        choice = self.opened(step, Choice.Subject.THEMES, step.setting("number"))
        choice.offer(theme.theme for theme in step.meeting.themes.select_related("theme"))

    def take_propose(self, step: Step, sender: Sender, data: dict[str, Any], key: uuid.UUID) -> Said:
        from samenwijk.meetings.themes import put_on_the_table

        theme: Theme = put_on_the_table(step.meeting, data["title"])
        self._choice(step).offer([theme])
        step.meeting.announce("step")
        return Said(_("Het thema staat erbij. Je kunt er een stip op zetten."))

    def act_number(self, step: Step, data: dict[str, Any], by: Any) -> Said:
        if step.choice and step.choice.is_shown:
            raise Refused(_("De uitslag is al te zien. Het aantal thema's staat vast."))
        step.settings = {**step.settings, "number": data["number"]}
        step.save(update_fields=["settings"])
        Choice.objects.filter(step=step).update(places=data["number"])
        step.meeting.announce("step", to=("facilitator",))
        return Said()

    def settled(self, step: Step) -> None:
        winners = [option.theme_id for option in self._choice(step).winners()]
        step.meeting.themes.update(chosen=False)
        step.meeting.themes.filter(theme__in=winners).update(chosen=True)
        self.share_out(step)

    @staticmethod
    def share_out(step: Step) -> None:
        from samenwijk.meetings.seating import share_out_themes

        share_out_themes(step.meeting)

    def phone(self, step: Step, participant: Participant) -> dict[str, Any]:
        return {
            **super().phone(step, participant),
            **self._preset(step),
            "may_propose": not step.setting("preset") and step.setting("proposals"),
        }

    def screen(self, step: Step) -> dict[str, Any]:
        return {**super().screen(step), **self._preset(step)}

    def report(self, step: Step) -> dict[str, Any]:
        return {**super().report(step), **self._preset(step)} if step.setting("preset") else super().report(step)

    def console(self, step: Step) -> dict[str, Any]:
        return {**super().console(step), **self._preset(step)}

    @staticmethod
    def _preset(step: Step) -> dict[str, Any]:
        on_the_table = list(step.meeting.themes.select_related("theme"))
        return {
            "preset": step.setting("preset"),
            "on_the_table": on_the_table,
            "number": step.setting("number"),
        }


def _best_first(option: ChoiceOption) -> tuple[int, int, int]:
    """By points; with a fair share by the order in which they came in, then by points."""
    place = option.place or 999 if option.choice.is_shared else 0
    return place, -(option.points or 0), option.position
