"""The draft of a profile as it would be published now."""

from samenwijk.figures.freezing import frozen
from samenwijk.figures.models import Profile, ProfileVersion
from samenwijk.places.models import Wijk


def document_of(wijk: Wijk) -> str:
    """The text that publishing would keep; with an empty draft a text without figures."""
    profile = Profile.objects.filter(wijk=wijk).first()
    return ProfileVersion.written(frozen(wijk, profile.choices if profile else []))
