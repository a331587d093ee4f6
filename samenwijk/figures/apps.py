from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FiguresConfig(AppConfig):
    name = "samenwijk.figures"
    label = "figures"
    verbose_name = _("cijfers")

    def ready(self) -> None:
        from samenwijk.journal.kinds import declare

        declare(
            {
                "practice_figures.delivered": "A practice gave figures, which wait for its approval.",
                "practice_figures.approved": "A practice approved its figures: they count in the sum of the wijk.",
                "practice_figures.withdrawn": "A practice took its figures back: their rows are gone.",
            }
        )
