from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from samenwijk.journal import kinds


class PeopleConfig(AppConfig):
    name = "samenwijk.people"
    label = "people"
    verbose_name = _("Mensen")

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added

        from samenwijk.people.accounts import count_as_confirmed, let_go_of
        from samenwijk.people.models.membership import put_shipped_roles_in_place
        from samenwijk.people.models.user import account_closed

        kinds.declare(
            {
                "person.changed_card": "Somebody changed their own card in the who is who.",
                "person.forgotten": "Somebody asked to be forgotten; apps above remove their traces.",
                "membership.given": "A person got a role in a wijk, a region or the installation.",
                "membership.ended": "A person no longer has a role.",
            }
        )
        authenticator_added.connect(count_as_confirmed, dispatch_uid="count_as_confirmed")
        account_closed.connect(let_go_of, dispatch_uid="let_go_of_keys")
        post_migrate.connect(put_shipped_roles_in_place, sender=self, dispatch_uid="shipped_roles")
