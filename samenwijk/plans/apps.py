from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "samenwijk.plans"
    label = "plans"

    def ready(self) -> None:
        from samenwijk.journal.kinds import declare

        declare(
            {
                "idea.added": "An idea was written down, on a phone or from paper.",
                "idea.hidden": "A facilitator took an idea off the screens.",
                "idea.withdrawn": "Its author took an idea back.",
                "idea.restored": "A hidden idea came back.",
                "ideas.merged": "A facilitator put ideas together; parents = how many.",
                "merge.undone": "A merge was taken apart again.",
                "choice.closed": "No new votes are taken; voters = how many voted.",
                "choice.reopened": "A choice that nobody had seen the result of was opened again.",
                "choice.shown": "The result was counted and shown; voters = how many voted.",
                "tie.settled": "The room settled a tie; chosen = how many go on.",
                "plan.made": "A chosen idea became a plan.",
                "plan.detailed": "The owner added needs and form.",
                "action.taken_on": "Somebody said yes to a first step and a date.",
                "action.completed": "An action was done.",
                "action.stopped": "An action was stopped, with a lesson.",
                "action.released": "An owner gave an action back.",
                "agreement.begun": "A plan got a form that binds several parties.",
                "partner.joined": "Somebody offered help with a plan.",
            }
        )
