from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "samenwijk.meetings"
    label = "meetings"

    def ready(self) -> None:
        from samenwijk.journal.kinds import declare
        from samenwijk.live import background
        from samenwijk.meetings.forgetting import forget_the_forgotten, meetings_of
        from samenwijk.meetings.ripening import ripen_all
        from samenwijk.meetings.table_planning import make_plans
        from samenwijk.people.own_data import holds

        declare(
            {
                "meeting.planned": "A meeting was prepared; minutes = length of its script.",
                "meeting.started": "A meeting began.",
                "meeting.ended": "A meeting ended; voters were unlinked from their ballots.",
                "meeting.taken_over": "A facilitator took the lead.",
                "emergency_link.made": "A facilitator printed an emergency link.",
                "emergency_link.used": "Somebody leads with an emergency link.",
                "emergency_link.revoked": "An emergency link was taken back.",
                "step.entered": "The room went to a step.",
                "step.skipped": "A coming step was left out or put back in.",
                "participant.joined": "Somebody joined, by phone or on paper.",
                "participant.left_address": "Somebody asked for their own page by mail.",
                "contribution.hidden": "A facilitator took a line off the screens.",
                "contribution.restored": "A hidden line came back.",
                "follow_up.taken_on": "Somebody said yes to carrying the follow-up.",
                "proposal.answered": "The region answered a proposal of a table; taken_on = whether it takes it on.",
                "tables.planned": "A table plan was made; rounds and repeats = how many.",
                "paper.counted": "A table's stickers were typed in; dots = how many.",
            }
        )
        background.every(1, ripen_all)
        background.every(1, make_plans)
        background.every(5, forget_the_forgotten)
        holds("bijeenkomsten", meetings_of)
