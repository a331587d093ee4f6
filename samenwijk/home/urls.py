"""The addresses of the front door, the wijk's pages and the owner's link."""

from django.urls import URLPattern, path

from samenwijk.home import practice, statements, views
from samenwijk.home.profile import composing, telling
from samenwijk.home.profile import views as profile

app_name = "home"
urlpatterns: list[URLPattern] = [
    path("", views.front, name="front"),
    path("privacy/", statements.privacy, name="privacy"),
    path("toegankelijkheid/", statements.accessibility, name="accessibility"),
    path(".well-known/security.txt", statements.security_txt, name="security_txt"),
    path("wijk/", views.mine, name="mine"),
    path("wijk/<slug:slug>/", views.wijk, name="wijk"),
    path("wijk/<slug:slug>/ideeen/", views.ideas, name="ideas"),
    path("wijk/<slug:slug>/mensen/", views.people, name="people"),
    path("wijk/<slug:slug>/opvolging/", views.follow_up, name="follow_up"),
    path("wijk/<slug:slug>/praktijk/", practice.practice, name="practice"),
    path("wijk/<slug:slug>/praktijk/overtypen/", practice.practice_typed, name="practice_typed"),
    path("wijk/<slug:slug>/praktijk/bestand/", practice.practice_file, name="practice_file"),
    *(
        path(
            f"wijk/<slug:slug>/praktijk/voorbeeld.{name}", practice.practice_example, {"name": name}, f"example_{name}"
        )
        for name in ("csv", "xlsx")
    ),
    path("praktijkcijfers/<uuid:public_id>/", practice.delivery, name="delivery"),
    path("praktijkcijfers/<uuid:public_id>/intrekken/", practice.delivery_withdraw, name="delivery_withdraw"),
    path("idee/<uuid:public_id>/", views.idea, name="idea"),
    path("mijn-plan/<str:token>/", views.own_plan, name="own_plan"),
    path("mijn-plan/<str:token>/einde/", views.own_plan_ends, name="own_plan_ends"),
    *profile.urls,
    *composing.urls,
    *telling.urls,
]
