"""/beheer/: the installation itself. No content: an administrator has no rights to what a wijk discusses."""

from functools import update_wrapper
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samenwijk.people.models import Membership, Organisation, Person, Role, User
from samenwijk.places.models import Region, Wijk


class Office(admin.AdminSite):
    """Django's admin with our door: sign in with a code by mail, and be an administrator."""

    site_header = _("Samenwijk beheer")
    site_title = _("Samenwijk beheer")
    index_title = _("Inrichting")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and getattr(request.user, "is_staff", False))

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return redirect_to_login(request.GET.get("next", reverse("admin:index")))

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """What somebody may not see does not exist for them."""
        inside = super().admin_view(view, cacheable)

        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not self.has_permission(request):
                raise Http404
            return inside(request, *args, **kwargs)

        return update_wrapper(door, view)

    def get_urls(self) -> list[Any]:
        """Without the pages for passwords, which nobody has."""
        return [url for url in super().get_urls() if "password" not in str(getattr(url, "name", ""))]


office = Office(name="beheer")


def signed_in(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


class InstallationAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Open to administrators, whatever Django's own permissions say."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return office.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return office.has_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return office.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return office.has_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return office.has_permission(request)


@admin.register(User, site=office)
class UserAdmin(InstallationAdmin):
    fields = ("email", "is_active")
    list_display = ("email", "is_active", "date_joined")
    search_fields = ("email",)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


@admin.register(Role, site=office)
class RoleAdmin(InstallationAdmin):
    fields = ("slug", "scope", "rights")
    list_display = ("__str__", "scope", "rights")
    readonly_fields = ("slug", "scope")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class MembershipForm(forms.ModelForm):  # type: ignore[type-arg]
    """Gives a role to whoever has this address; somebody new gets a card with a name."""

    email = forms.EmailField(label=_("Mailadres"))
    first_name = forms.CharField(label=_("Voornaam"), max_length=60, required=False)
    last_name = forms.CharField(label=_("Achternaam"), max_length=80, required=False)

    class Meta:
        model = Membership
        fields = ("role", "wijk", "region", "organisation")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].queryset = Role.objects.filter(by_membership=True)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        role, email = cleaned.get("role"), cleaned.get("email", "")
        place = {"wijk": cleaned.get("wijk"), "region": cleaned.get("region")}
        if role and {name for name, chosen in place.items() if chosen} != ({role.scope} & set(place)):
            self.add_error("role", _("Kies de plaats die bij deze rol hoort: een wijk, een regio, of geen van beide."))
        known = Person.objects.with_address(email).exists()
        if email and not known and not cleaned.get("first_name"):
            self.add_error("first_name", _("Dit adres kennen we nog niet. Vul ook een voornaam in."))
        return cleaned


@admin.register(Membership, site=office)
class MembershipAdmin(InstallationAdmin):
    form = MembershipForm
    fields = ("email", "first_name", "last_name", "role", "wijk", "region", "organisation")
    list_display = ("person", "role", "wijk", "region", "organisation")
    list_filter = ("role", "wijk")
    list_select_related = ("person", "role", "wijk", "region", "organisation")

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False  # A role is given or taken away; who has it and where does not change.

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:
        card = form.cleaned_data
        person = Person.objects.with_address(card["email"]).first()
        obj.person = person or Person.objects.create(
            email=card["email"].lower(), first_name=card["first_name"], last_name=card["last_name"]
        )
        given = Membership.give(
            obj.role.slug,
            obj.person,
            wijk=obj.wijk,
            region=obj.region,
            organisation=obj.organisation,
            by=signed_in(request),
        )
        obj.pk = given.pk

    def delete_model(self, request: HttpRequest, obj: Membership) -> None:
        obj.end(by=signed_in(request))

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Membership]) -> None:
        for membership in queryset:
            membership.end(by=signed_in(request))


@admin.register(Organisation, site=office)
class OrganisationAdmin(InstallationAdmin):
    list_display = ("name", "kind")
    search_fields = ("name",)


@admin.register(Region, site=office)
class RegionAdmin(InstallationAdmin):
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Wijk, site=office)
class WijkAdmin(InstallationAdmin):
    list_display = ("name", "region", "is_open", "contact_name")
    prepopulated_fields = {"slug": ("name",)}
    filter_horizontal = ("areas",)
