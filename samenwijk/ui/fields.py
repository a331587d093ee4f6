"""A bound form field described for its template: what to call it, what is wrong, and how to draw its widget."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from django import forms
from django.forms import BaseForm, BoundField
from django.forms.widgets import Input
from django.utils.safestring import SafeString

CLASSES: list[tuple[type[forms.Widget], str]] = [
    (forms.Textarea, "utrecht-textarea"),
    (forms.SelectMultiple, "utrecht-select select--multiple"),
    (forms.Select, "utrecht-select"),
    (forms.ClearableFileInput, "file-input"),
    (Input, "utrecht-textbox"),
]


def describe(
    bound: BoundField,
    *,
    label: str = "",
    hint: str = "",
    counter: int = 0,
    optional: bool | None = None,
    attrs: Mapping[str, Any],
) -> dict[str, Any]:
    """The values for `ui/components/field.html`. `group` holds the options of radio and checkbox groups."""
    hint = hint or str(bound.help_text or "")
    name = bound.auto_id or bound.html_name
    groups = isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    single = isinstance(bound.field.widget, forms.CheckboxInput)
    described = [f"{name}-hint"] * bool(hint) + [f"{name}-error"] * bool(bound.errors)
    return {
        "bound": bound,
        "id": name,
        "label": label or bound.label,
        "hint": hint,
        "errors": list(bound.errors),
        "optional": (not bound.field.required) if optional is None else optional,
        "counter": counter,
        "kind": "group" if groups else "checkbox" if single else "hidden" if bound.is_hidden else "control",
        "group": list(_options(bound)) if groups else [],
        "describedby": " ".join(described),
        "widget": "" if groups else _widget(bound, described, counter, attrs),
    }


def _widget(bound: BoundField, described: list[str], counter: int, attrs: Mapping[str, Any]) -> SafeString:
    given = {key.rstrip("_").replace("_", "-"): value for key, value in attrs.items()}
    invalid = bool(bound.errors)
    given["class"] = _class(bound.field.widget, invalid)
    if described:
        given["aria-describedby"] = " ".join(described)
    if invalid:
        given["aria-invalid"] = "true"
    if counter:
        given["data-counter"] = counter
    if type(bound.field.widget) is forms.Select:
        return _select(bound, given)
    return bound.as_widget(attrs=given)


def _select(bound: BoundField, given: dict[str, Any]) -> SafeString:
    """A list to pick from is the same for everybody, and Django draws each line of it from a template of its own."""
    widget = bound.field.widget
    assert isinstance(widget, forms.Select)
    attrs = bound.build_widget_attrs({**widget.attrs, **given}, widget)
    if bound.auto_id:
        attrs.setdefault("id", bound.auto_id)
    value = bound.value()
    return _drawn_select(bound.html_name, "" if value is None else str(value), _lines(widget), tuple(attrs.items()))


def _lines(widget: forms.Select) -> tuple[Any, ...]:
    """The options in the reader's language; (label, lines) for those that stand together."""
    return tuple(
        (str(value), tuple((str(one), str(text)) for one, text in label))
        if isinstance(label, list | tuple)
        else (str(value), str(label))
        for value, label in widget.choices
    )


@lru_cache(maxsize=128)
def _drawn_select(name: str, value: str, lines: tuple[Any, ...], attrs: tuple[tuple[str, Any], ...]) -> SafeString:
    return forms.Select(choices=lines).render(name, value, dict(attrs))


def _class(widget: forms.Widget, invalid: bool) -> str:
    own = str(widget.attrs.get("class", ""))
    if isinstance(widget, forms.CheckboxInput):
        return f"utrecht-checkbox utrecht-checkbox--html-input {own}".strip()
    base = next((classes for kind, classes in CLASSES if isinstance(widget, kind)), "")
    block = base.split(" ")[0]
    return " ".join(part for part in (base, f"{block}--invalid" if invalid and block else "", own) if part)


def _options(bound: BoundField) -> Iterator[dict[str, Any]]:
    kind = str(getattr(bound.field.widget, "input_type", "radio"))
    for option in bound.subwidgets:
        data = option.data
        yield {
            "kind": kind,
            "id": option.id_for_label,
            "name": data["name"],
            "value": data["value"],
            "label": option.choice_label,
            "checked": data["selected"],
            "disabled": data["attrs"].get("disabled", False),
        }


def errors_of(form: BaseForm) -> Iterator[dict[str, str]]:
    """Each error with the id of the control to go to; what concerns the whole form goes nowhere."""
    for error in form.non_field_errors():
        yield {"text": str(error), "target": ""}
    for bound in form:
        for error in bound.errors:
            yield {"text": str(error), "target": _first_control(bound)}


def _first_control(bound: BoundField) -> str:
    if bound.is_hidden:
        return ""
    return str(bound.id_for_label or (f"{bound.auto_id}_0" if bound.auto_id else ""))
