"""What the tests of figures share."""

import pytest
from django.core.management import CommandError

from samenwijk.figures.models import AreaBlock, DatasetVersion
from tests.figures.files import take_in


@pytest.fixture
def refuses(db):
    """Runs an import that must be refused, looks that nothing at all was stored, and gives the sentence."""

    def refused(*arguments):
        before = (DatasetVersion.objects.count(), AreaBlock.objects.count())
        with pytest.raises(CommandError) as caught:
            take_in(*arguments)
        assert (DatasetVersion.objects.count(), AreaBlock.objects.count()) == before
        sentence = str(caught.value)
        assert sentence.endswith((".", "sources."))
        return sentence

    return refused
