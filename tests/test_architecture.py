"""What holds the shape of the code, beside the import contracts in pyproject.toml."""

import ast
import re

import pytest
from django.apps import apps
from django.db.models import Model
from django.forms import BaseForm
from django.template import engines

from tests.source import (
    PACKAGE,
    ROOT,
    addresses,
    called_methods,
    files,
    layers,
    name_of,
    python_files,
    templates,
    tree,
    view_modules,
)

LONGEST_FILE = 400
LONGEST_VIEW = 25
DRAWERS = {"utils", "util", "helpers", "helper", "common", "managers", "mixins", "misc"}
WRITES = {
    "save",
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "select_for_update",
}
# Where a lookup in a view may begin: `Model.objects.<door>(...)`. A door takes who asks, or a secret that the
# asker holds (a join code, a projector's token), and gives nothing to anybody else. Relations of an object
# that came through a door (`meeting.steps.all()`) need none. Nothing in the demo is anybody's, and Django's admin
# asks a right for each model: neither needs a door.
DOORS = {"visible_to", "public", "with_token", "with_code", "of_participant", "open_for", "handed_to"}
WITHOUT_DOOR = [PACKAGE / "demo", *PACKAGE.glob("*/admin.py")]
MANAGERS = {"objects", "_default_manager", "_base_manager"}
NEVER_A_FIELD = {
    "patient",
    "patienten",
    "client",
    "clienten",
    "cliënt",
    "cliënten",
    "bsn",
    "burgerservicenummer",
}
# Rows that exist for the machinery and leave with nobody: without a public id.
NOT_EXPORTED = {
    "journal.Cursor": "how far a reader of the journal came",
    "live.Attendance": "how many listen at one serving process, minutes old at most",
    "live.Frame": "a line of the live log, kept for hours",
    "places.Area": "a statistical area: CBS gave it its code",
    "figures.AreaBlock": "cells of a version, known by their version, area and period",
    "figures.ColumnBlock": "the same cells the other way round",
    "figures.Shape": "the outline of an area, known by its area",
    "figures.DeliveredCell": "a number of a delivery, known by it",
    "meetings.Acquaintance": "whom somebody knows: read by a table plan only, and gone with the end of a meeting",
    "people.Role": "known by its slug in every installation",
    "notify.Attachment": "a file that goes along with one mail, and leaves with it",
    "notify.Unsubscribe": "an address that wants no mail: asked by address, never listed",
    "demo.UsedKey": "a key that a demo button used up",
    "meetings.MeetingTheme": "the place of a theme in a meeting: both have their own id",
    "meetings.Submission": "remembers that a form came in, so that sending it twice is harmless",
    "plans.Ballot": "secret: nobody may point at one",
    "plans.Dot": "secret: nobody may point at one",
    "plans.PaperDots": "a count on a sheet, known by its choice, table and option",
    "plans.AgreementParty": "a line of an agreement: the agreement and the organisation have their own id",
}


def our_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("samenwijk.")]


def app_of(model: type[Model]) -> str:
    return model.__module__.split(".")[1]


def problems(found: list[str]) -> str:
    return "\n" + "\n".join(found)


def test_relations_go_down_only():
    height = layers()
    wrong = [
        f"{model._meta.label}.{field.name} points to {field.related_model._meta.label}"
        for model in our_models()
        for field in model._meta.get_fields(include_hidden=False)
        if field.is_relation and not field.auto_created and isinstance(field.related_model, type)
        if field.related_model.__module__.startswith("samenwijk.")
        if app_of(field.related_model) != app_of(model)
        if height[app_of(field.related_model)] >= height[app_of(model)]
    ]
    assert not wrong, problems(wrong)


@pytest.mark.parametrize("path", [path for path in view_modules() if path.stem != "admin"], ids=name_of)
def test_views_do_not_write(path):
    wrong = [f"{name_of(path)}:{line} .{method}()" for line, method in called_methods(path) if method in WRITES]
    assert not wrong, "Call a verb of the model instead:" + problems(wrong)


def test_forms_validate_and_never_save():
    modules = [path for path in python_files() if path.stem == "forms" or path.parent.name == "forms"]
    wrong = [
        f"{name_of(path)}:{line} .{method}()"
        for path in modules
        for line, method in called_methods(path)
        if method in WRITES
    ]
    assert not wrong, problems(wrong)


def guarded_modules():
    return [path for path in view_modules() if not any(path.is_relative_to(free) for free in WITHOUT_DOOR)]


@pytest.mark.parametrize("path", guarded_modules(), ids=name_of)
def test_lookups_in_views_start_from_what_is_visible(path):
    through_a_door = {
        id(node.func.value)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in DOORS
    }
    wrong = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS and id(node) not in through_a_door:
            wrong.append(f"{name_of(path)}:{node.lineno} {ast.unparse(node)} without a door")
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("_or_404"):
            start = node.args[0]
            if isinstance(start, ast.Name) and start.id[:1].isupper():
                wrong.append(f"{name_of(path)}:{node.lineno} looks up any {start.id}")
    assert not wrong, f"Begin at one of {', '.join(sorted(DOORS))}:" + problems(wrong)


@pytest.mark.parametrize("path", view_modules(), ids=name_of)
def test_views_are_short(path):
    views = {
        pattern.callback.__name__
        for _route, pattern in addresses()
        if getattr(pattern.callback, "__module__", "") == ".".join(path.relative_to(ROOT).with_suffix("").parts)
    }
    wrong = [
        f"{name_of(path)}:{node.lineno} {node.name} has {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and node.name in views
        if node.end_lineno - node.lineno + 1 > LONGEST_VIEW
    ]
    assert not wrong, problems(wrong)


def test_files_are_short():
    ours = [
        *python_files(),
        *python_files(ROOT / "tests"),
        *templates(),
        *files(".js", ".mjs", ".css", under=ROOT / "frontend"),
    ]
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in ours}
    wrong = [f"{name}: {length} lines" for name, length in lengths.items() if length > LONGEST_FILE]
    assert not wrong, problems(wrong)


def test_there_are_no_drawers():
    parts = {(part, path) for path in python_files() for part in (path.stem, path.parent.name)}
    wrong = [f"{name_of(path)} is called {part}" for part, path in parts if part in DRAWERS]
    assert not wrong, "Name it after what it is about:" + problems(sorted(wrong))


INLINE = {
    "an inline script": re.compile(r"<script(?![^>]*(?:\bsrc=|\btype=\"application/json\"))[^>]*>", re.IGNORECASE),
    "an inline style sheet": re.compile(r"<style\b", re.IGNORECASE),
    "an inline style": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "an inline event handler": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "hx-on": re.compile(r"\bhx-on\b|data-hx-on\b"),
    "a js: value": re.compile(r"[\"']\s*(?:js|javascript):"),
}


@pytest.mark.parametrize("what", INLINE)
def test_pages_keep_to_the_strict_content_policy(what):
    """Mail is not under the policy of a page, and its readers know no style sheets."""
    pages = [path for path in templates() if path.suffix == ".html" and "mail" not in path.parts]
    makers = [path for path in python_files(PACKAGE / "ui") if path.stem != "attributes"]
    wrong = [
        f"{name_of(path)}:{number} {line.strip()[:80]}"
        for path in [*pages, *makers]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if INLINE[what].search(line)
    ]
    assert not wrong, problems(wrong)


def test_templates_ask_nothing_of_the_database():
    asks = re.compile(r"\{[{%][^}]*(?:\.all\b|\.exists\b|_set\b|\.objects\b)[^}]*[%}]\}")
    wrong = [
        f"{name_of(path)}:{number} {line.strip()[:80]}"
        for path in templates()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if asks.search(line)
    ]
    assert not wrong, problems(wrong)


@pytest.mark.parametrize("path", templates(), ids=name_of)
def test_every_template_compiles(path):
    folders = path.parts
    after = len(folders) - 1 - folders[::-1].index("templates") + 1
    engines["django"].get_template("/".join(folders[after:]))


def words(name: str) -> set[str]:
    return set(re.split(r"[^a-zë]+", name.lower()))


def every_form(base: type = BaseForm) -> set[type]:
    return {kind for child in base.__subclasses__() for kind in {child, *every_form(child)}}


def test_no_field_can_hold_a_patient():
    named = re.compile(r"<(?:input|textarea|select)[^>]*\bname=\"([^\"]+)\"")
    fields = [f"{model._meta.label}.{field.name}" for model in our_models() for field in model._meta.fields]
    fields += [
        f"{form.__module__}.{form.__name__}.{field}"
        for form in every_form()
        if form.__module__.startswith("samenwijk.")
        for field in getattr(form, "base_fields", {})
    ]
    fields += [
        f"{name_of(path)}.{field}" for path in templates() for field in named.findall(path.read_text(encoding="utf-8"))
    ]
    assert len(fields) > 20
    wrong = [field for field in fields if words(field.rsplit(".", 1)[-1]) & NEVER_A_FIELD]
    assert not wrong, problems(wrong)


def test_every_model_says_how_long_it_is_kept():
    from samenwijk.home.retention import RETENTION

    known = {model._meta.label for model in our_models()}
    assert not known - set(RETENTION), "without a period: " + ", ".join(sorted(known - set(RETENTION)))
    assert not set(RETENTION) - known, "no such model: " + ", ".join(sorted(set(RETENTION) - known))


def test_every_row_that_can_leave_has_a_public_id():
    wrong = [
        model._meta.label
        for model in our_models()
        if model._meta.label not in NOT_EXPORTED and not model._meta.proxy
        if not any(field.name == "public_id" and field.unique for field in model._meta.get_fields())
    ]
    assert not wrong, problems(wrong)


def test_the_exceptions_exist():
    known = {model._meta.label for model in our_models()}
    assert not set(NOT_EXPORTED) - known


def test_no_test_replaces_our_own_code():
    fake = re.compile(r"patch(?:\.object)?\(\s*[\"']?samenwijk|setattr\(\s*[\"']?samenwijk")
    wrong = [
        f"{name_of(path)}:{number}"
        for path in python_files(ROOT / "tests")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if fake.search(line) and path.name != "test_architecture.py"
    ]
    assert not wrong, problems(wrong)
