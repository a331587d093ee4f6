"""What may stand nowhere, whoever writes it: a citizen number has no purpose in a wijk that works together."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samenwijk.methods.guard import has_citizen_number


def no_citizen_number(text: str) -> None:
    """A validator: refuses a number that passes the test of Dutch citizen numbers, and says where to go."""
    if has_citizen_number(text):
        raise ValidationError(
            _(
                "Hier staat een getal dat een burgerservicenummer kan zijn. Dat mag hier niet komen. Haal het weg. "
                "Gaat het om één persoon? Bel dan met elkaar, of vraag het aan de coördinator van de wijk."
            )
        )
