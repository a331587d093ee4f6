import django.db.models.deletion
from django.db import migrations, models


def practice_of_their_card(apps, schema_editor):
    Membership = apps.get_model("people", "Membership")
    for membership in Membership.objects.filter(role__slug="practice").select_related("person"):
        membership.organisation_id = membership.person.organisation_id
        membership.save(update_fields=["organisation"])


class Migration(migrations.Migration):

    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                help_text="Alleen bij de rol huisartsenpraktijk: van welke praktijk deze persoon de cijfers beheert.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="memberships",
                to="people.organisation",
                verbose_name="voor deze praktijk",
            ),
        ),
        migrations.RunPython(practice_of_their_card, migrations.RunPython.noop),
    ]
