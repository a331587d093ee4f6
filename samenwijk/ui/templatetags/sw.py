"""The components of Samenwijk as template tags. A builtin library: templates need no {% load %}.

Each component is a template in `ui/components/` and a css file of the same name in `frontend/css/components/`.
They take plain values and know nothing of meetings or plans. README.md of this app lists them all.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from samenwijk.ui import clock, drawings, fields
from samenwijk.ui.attributes import attributes, new_key
from samenwijk.ui.charts import Chart
from samenwijk.ui.components import (
    BUTTON_KINDS,
    NOTICE_KINDS,
    choices_left,
    component,
    csrf_token,
    drawn_once,
    theme_values,
    trimmed,
)

register = template.Library()


# Pressing and sending ------------------------------------------------------------------------------------------


@register.simple_block_tag(end_name="endbutton")
def button(
    content: str,
    kind: str = "primary",
    href: str = "",
    type: str = "submit",
    wide: bool = False,
    small: bool = False,
    icon: str = "",
    **attrs: Any,
) -> SafeString:
    """A pill of 48 px high; with `href` a link that looks like one."""
    classes = [
        "nl-button",
        BUTTON_KINDS[kind],
        "button--wide" if wide else "",
        "button--small" if small else "",
    ]
    return component(
        "button",
        content=trimmed(content),
        href=href,
        type=type,
        icon=icon,
        attrs=attributes(attrs, *classes),
    )


@register.simple_block_tag(end_name="endpost_form", takes_context=True)
def post_form(context: Context, content: str, action: str = "", guard: bool = False, **attrs: Any) -> SafeString:
    """A form that writes: csrf token, and a key so that sending twice is harmless."""
    if guard:
        attrs["data_guard"] = _("Je hebt tekst die nog niet is opgeslagen.")
    return component(
        "post_form",
        content=content,
        action=action,
        csrf=csrf_token(context),
        key=new_key(),
        attrs=attributes(attrs),
    )


@register.simple_block_tag(end_name="endpost_button", takes_context=True)
def post_button(
    context: Context,
    content: str,
    action: str,
    kind: str = "secondary",
    small: bool = False,
    wide: bool = False,
    icon: str = "",
    confirm: str = "",
    **attrs: Any,
) -> SafeString:
    """A form of one button, for things that take one tap."""
    classes = [
        "nl-button",
        BUTTON_KINDS[kind],
        "button--wide" if wide else "",
        "button--small" if small else "",
    ]
    return component(
        "post_button",
        content=trimmed(content),
        action=action,
        icon=icon,
        wide=wide,
        confirm=confirm,
        csrf=csrf_token(context),
        key=new_key(),
        attrs=attributes(attrs, *classes),
    )


@register.simple_tag
def key_field() -> SafeString:
    return component("key_field", key=new_key())


# Filling in ----------------------------------------------------------------------------------------------------


@register.simple_tag
def field(
    bound: BoundField,
    label: str = "",
    hint: str = "",
    counter: int = 0,
    optional: bool | None = None,
    hide_label: bool = False,
    **attrs: Any,
) -> SafeString:
    """Label, hint, error and widget of a bound field, tied together for a screen reader."""
    values = fields.describe(bound, label=label, hint=hint, counter=counter, optional=optional, attrs=attrs)
    return component("field", hide_label=hide_label, **values)


@register.simple_tag
def error_summary(*forms: BaseForm) -> SafeString:
    errors = [error for form in forms for error in fields.errors_of(form)]
    return component("error_summary", errors=errors) if errors else mark_safe("")


@register.simple_tag
def choice(
    name: str,
    value: Any,
    label: str,
    checked: bool = False,
    kind: str = "checkbox",
    theme: str = "",
    index: int | None = None,
    hint: str = "",
    id: str = "",
    **attrs: Any,
) -> SafeString:
    """One card to choose: a real checkbox or radio button under a large target."""
    return drawn_once(
        "choice",
        id=id or f"{name}-{value}",
        name=name,
        value=value,
        label=label,
        checked=checked,
        kind=kind,
        hint=hint,
        attrs=attributes(attrs),
        **(theme_values(theme, index or 0) if theme else {}),
    )


@register.simple_block_tag(end_name="endchoices")
def choices(
    content: str,
    legend: str,
    max: int = 0,
    hint: str = "",
    error: str = "",
    id: str = "keuzes",
    hide_legend: bool = False,
    columns: bool = False,
) -> SafeString:
    return component(
        "choices",
        content=content,
        legend=legend,
        max=max,
        hint=hint,
        error=error,
        id=id,
        hide_legend=hide_legend,
        columns=columns,
    )


@register.simple_tag(name="dots_left")
def dots_left(used: int, max: int, id: str = "keuzes", **extra: str) -> SafeString:
    """Filled and open dots with the sentence "Nog 1 keuze"; app.js keeps it in step with the `choices` named."""
    return component(
        "dots_left",
        dots=[number < used for number in range(max)],
        sentence=choices_left(max - used),
        one=choices_left(1),
        many=_("Nog {n} keuzes"),
        none=choices_left(0),
        target=extra.get("for", id),
    )


# Words and pictures --------------------------------------------------------------------------------------------


@register.simple_tag
def theme_badge(title: str, index: int = 0, quiet: bool = False) -> SafeString:
    """A theme is colour + shape + word, everywhere the same."""
    return drawn_once("theme_badge", quiet=quiet, **theme_values(title, index))


@register.simple_block_tag(end_name="endbadge")
def badge(content: str, kind: str = "neutral", icon: str = "") -> SafeString:
    return component("badge", content=trimmed(content), kind=kind, icon=icon)


@register.simple_tag
def icon(name: str) -> SafeString:
    return drawings.icon(name)


@register.simple_tag
def qr(text: str, label: str, size: str = "m") -> SafeString:
    return component("qr", drawing=drawings.qr(text), label=label, size=size)


@register.simple_tag
def gables(seed: Any, houses: int = 6) -> SafeString:
    """The wijk's own street: always the same houses for the same id. Decorative."""
    return drawings.gables(str(seed), houses)


@register.simple_tag
def avatar(name: str) -> SafeString:
    return component("avatar", initials=drawings.initials(name), tint=drawings.tint_of(name))


@register.simple_tag
def spoken_code(code: str) -> SafeString:
    """`KAD 482` for the eye, letter by letter for the ear."""
    plain = "".join(code.split()).upper()
    half = (len(plain) + 1) // 2
    return component("spoken_code", groups=[plain[:half], plain[half:]], letters=" ".join(plain))


@register.simple_tag
def timer(
    ends_at: datetime | None = None,
    total: int = 0,
    kind: str = "plain",
    label: str = "",
    paused_left: int | None = None,
    now: datetime | None = None,
) -> SafeString:
    values = clock.describe(ends_at, total=total, paused_left=paused_left, now=now)
    return component("timer", kind=kind, label=label, **values)


@register.simple_tag
def stat(number: Any, label: str, note: str = "", href: str = "", tint: str = "") -> SafeString:
    return component("stat", number=number, label=label, note=note, href=href, tint=tint)


@register.simple_tag
def stepper(steps: Iterable[Any], label: str = "", upright: bool = False) -> SafeString:
    return component("stepper", steps=list(steps), label=label or _("Stappen"), upright=upright)


@register.simple_tag
def chart(picture: Chart, level: int = 3, hide_title: bool = False, open: bool = False) -> SafeString:
    values = {"chart": picture, "level": level, "hide_title": hide_title, "open": open}
    return mark_safe(get_template("ui/_chart.html").render(values))  # noqa: S308 - rendered by a template


# Putting together ----------------------------------------------------------------------------------------------


@register.simple_block_tag(end_name="endcard")
def card(
    content: str,
    title: str = "",
    level: int = 3,
    href: str = "",
    tint: str = "",
    tag: str = "div",
    **attrs: Any,
) -> SafeString:
    classes = ["card", f"tint-{tint}" if tint else "", "card--link" if href else ""]
    return component(
        "card",
        content=content,
        title=title,
        level=level,
        href=href,
        tag=tag,
        attrs=attributes(attrs, *classes),
    )


@register.simple_block_tag(end_name="endnotice")
def notice(content: str, kind: str = "info", title: str = "", level: int = 2, **attrs: Any) -> SafeString:
    classes = ["utrecht-alert", f"utrecht-alert--{NOTICE_KINDS[kind]}", "notice"]
    return component("notice", content=content, kind=kind, title=title, level=level, attrs=attributes(attrs, *classes))


@register.simple_block_tag(end_name="endtable")
def table(content: str, caption: str, stack: bool = True, hide_caption: bool = False) -> SafeString:
    return component("table", content=content, caption=caption, stack=stack, hide_caption=hide_caption)


@register.simple_block_tag(end_name="endempty_state")
def empty_state(content: str, title: str, level: int = 2) -> SafeString:
    return component("empty_state", content=content, title=title, level=level)


@register.simple_block_tag(end_name="endperson")
def person(
    content: str,
    name: str,
    role: str = "",
    organisation: str = "",
    phone: str = "",
    call_me_for: str = "",
    you: bool = False,
) -> SafeString:
    return component(
        "person",
        content=trimmed(content),
        name=name,
        initials=drawings.initials(name),
        tint=drawings.tint_of(name),
        about=" · ".join(str(part) for part in (role, organisation) if part),
        phone=phone,
        call=drawings.dialled(phone),
        call_me_for=call_me_for,
        you=you,
    )


@register.simple_block_tag(end_name="enddisclosure")
def disclosure(content: str, summary: str, open: bool = False) -> SafeString:
    return component("disclosure", content=content, summary=summary, open=open)


@register.simple_block_tag(end_name="endtoolbar")
def toolbar(content: str, label: str = "") -> SafeString:
    return component("toolbar", content=content, label=label)


@register.simple_tag(takes_context=True)
def pager(context: Context, page: "Page[Any]", param: str = "pagina") -> SafeString:
    if page.paginator.num_pages < 2:
        return mark_safe("")
    query = context["request"].GET.copy() if "request" in context else None

    def address(number: int) -> str:
        if query is None:
            return f"?{param}={number}"
        query[param] = str(number)
        return f"?{query.urlencode()}"

    return component(
        "pager",
        page=page,
        previous=address(page.previous_page_number()) if page.has_previous() else "",
        following=address(page.next_page_number()) if page.has_next() else "",
    )


@register.simple_tag
def back(href: str, label: str) -> SafeString:
    return component("back", href=href, label=label)


@register.simple_tag
def copy_link(url: str, label: str = "") -> SafeString:
    return component("copy_link", url=url, label=label or _("Kopieer de link"))


@register.simple_tag
def print_button(label: str = "") -> SafeString:
    return component("print_button", label=label or _("Afdrukken"))


@register.filter
def at(values: Sequence[Any], position: int) -> Any:
    """The value at that position of a list, or nothing: `{{ numbers|at:2 }}`."""
    return values[position] if 0 <= position < len(values) else None


register.filter("dialled", drawings.dialled)
register.filter("day", clock.day)
