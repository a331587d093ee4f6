"""The type of a request that `login_required` let through."""

from django.http import HttpRequest

from samenwijk.people.models import User


class UserRequest(HttpRequest):
    user: User
