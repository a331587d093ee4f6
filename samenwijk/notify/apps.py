from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotifyConfig(AppConfig):
    name = "samenwijk.notify"
    label = "notify"
    verbose_name = _("Mail")

    def ready(self) -> None:
        from samenwijk.live import background
        from samenwijk.notify import handlers, readers, reminders, sending

        handlers.register_what_we_hold()
        background.every(5, readers.read_journal)
        background.every(5, sending.send_due)
        background.every(3600, reminders.remind_of_beginnings)
        background.every(3600, sending.forget_old_bodies)
