from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FiguresConfig(AppConfig):
    name = "samenwijk.figures"
    label = "figures"
    verbose_name = _("cijfers")

    def ready(self) -> None:
        from samenwijk.figures.models.story import told_by
        from samenwijk.journal.kinds import declare
        from samenwijk.people.own_data import holds

        holds("verhalen", told_by)
        declare(
            {
                "practice_figures.delivered": "A practice gave figures, which wait for its approval.",
                "practice_figures.approved": "A practice approved its figures: they count in the sum of the wijk.",
                "practice_figures.withdrawn": "A practice took its figures back: their rows are gone.",
                "profile.published": "A version of the profile of a wijk was published; figures = how many.",
                "story.told": "Somebody wrote a story behind a figure; it waits until it is shown.",
                "story.shown": "A story was shown to who may read the profile.",
                "story.hidden": "A story was taken off the profile.",
                "story.waiting": "A decision about a story was undone: it waits again.",
                "story.taken_back": "A writer took the own story away.",
            }
        )
