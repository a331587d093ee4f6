"""The documentation says what is there, and what it says is there."""

import argparse
import ast
import os
import re
from urllib.parse import unquote

import pytest
from django.core.management import BaseCommand, find_commands, get_commands, load_command_class

from tests.journal_page import page
from tests.source import PACKAGE, ROOT, files, name_of, python_files, tracked, tree

DOCS = ROOT / "docs"
READERS = {"text", "flag", "number", "upward", "directory"}
TOOLS = ROOT / "tests"


def text(path) -> str:
    return path.read_text(encoding="utf-8")


def read_settings() -> set[str]:
    """What the code asks of the environment: `env.flag("DEMO", ...)`, and full names in code and scripts."""
    asked = {
        node.args[0].value
        for path in python_files(PACKAGE / "config")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in READERS
        if node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)
    }
    sources = [*python_files(), *scripts(), *(path for path in TOOLS.glob("*.py") if not path.name.startswith("test_"))]
    named = {name for path in sources for name in re.findall(r"SAMENWIJK_([A-Z][A-Z_]*[A-Z])", text(path))}
    return asked | named


def test_every_setting_is_documented_and_every_documented_setting_exists():
    described = set(re.findall(r"^\| `SAMENWIJK_([A-Z_]+)` \|", text(DOCS / "operate/settings.md"), re.MULTILINE))
    assert described == read_settings()


def our_commands() -> set[str]:
    return {name for app in PACKAGE.iterdir() if app.is_dir() for name in find_commands(str(app / "management"))}


def test_every_command_is_documented_and_every_documented_command_exists():
    described = set(re.findall(r"^## samenwijk (\w+)", text(DOCS / "operate/commands.md"), re.MULTILINE))
    assert described == our_commands()


def options_of(name: str) -> set[str]:
    """Its own options, without those that every command of Django has."""
    app = get_commands()[name]
    parser = load_command_class(app, name).create_parser("samenwijk", name)
    usual = BaseCommand().create_parser("samenwijk", name)
    options = {
        option for each in with_its_parts(parser) for action in each._actions for option in action.option_strings
    }
    return options - {option for action in usual._actions for option in action.option_strings}


def with_its_parts(parser):
    """A command and the commands within it: `figures`, `figures import`, `figures import cbs`."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for part in action.choices.values():
                yield from with_its_parts(part)


@pytest.mark.parametrize("name", sorted(our_commands()))
def test_every_option_is_documented_and_every_documented_option_exists(name):
    sections = text(DOCS / "operate/commands.md").split("\n## samenwijk ")
    (section,) = [part for part in sections if part.startswith(f"{name}\n")]
    assert set(re.findall(r"^\| `(--[a-z-]+)` \|", section, re.MULTILINE)) == options_of(name)


def test_the_page_of_the_journal_is_what_the_apps_declare():
    assert text(DOCS / "journal.md") == page(), "run bin/docs"


def test_every_method_has_its_page():
    folder = PACKAGE / "methods"
    methods = {path.relative_to(folder).parts[0].removesuffix(".py") for path in python_files(folder)} - {"__init__"}
    pages = {path.stem for path in files(".md", under=DOCS / "methods")} - {"README"}
    assert pages == methods


def decisions():
    return [path for path in files(".md", under=DOCS / "decisions") if path.stem != "README"]


def test_decisions_are_numbered_without_gaps():
    numbers = sorted(path.name[:5] for path in decisions())
    assert numbers == [f"{number:04}-" for number in range(1, len(numbers) + 1)]


@pytest.mark.parametrize("path", decisions(), ids=name_of)
def test_a_decision_says_what_was_chosen_and_why(path):
    titles = set(re.findall(r"^## (.+)$", text(path), re.MULTILINE))
    assert {"Context", "Decision", "Consequences"} <= titles


def test_the_version_is_read_from_the_changelog():
    versions = re.findall(r"^## (\d+\.\d+\.\d+)", text(ROOT / "CHANGELOG.md"), re.MULTILINE)
    assert versions
    assert versions == sorted(versions, key=lambda version: [int(part) for part in version.split(".")], reverse=True)
    assert f'softwareVersion: "{versions[0]}"' in text(ROOT / "publiccode.yml")


def scripts():
    return [path for path in tracked() if path.parent == ROOT / "bin"]


@pytest.mark.parametrize("path", scripts(), ids=name_of)
def test_every_script_runs_and_is_explained(path):
    first, second = text(path).splitlines()[:2]
    assert os.access(path, os.X_OK)
    assert first.startswith("#!")
    assert second.startswith(("# ", '"""'))
    assert f"`bin/{path.name}" in text(ROOT / "CONTRIBUTING.md")


def test_the_commands_of_the_readme_exist():
    named = set(re.findall(r"\bbin/([\w-]+)", text(ROOT / "README.md")))
    assert {"demo", "test"} <= named
    assert named <= {path.name for path in scripts()}


def documents():
    return [path for path in tracked() if path.suffix == ".md" and "node_modules" not in path.parts]


@pytest.mark.parametrize("path", documents(), ids=name_of)
def test_links_in_documents_lead_somewhere(path):
    targets = re.findall(r"\]\(([^)\s]+)\)", text(path))
    local = [unquote(target.split("#")[0]) for target in targets if not re.match(r"[a-z]+:|#", target)]
    assert not [target for target in local if not (path.parent / target).exists()]


def test_architecture_and_contributing_fit_on_a_page():
    for name in ("CONTRIBUTING.md", "docs/architecture.md"):
        assert len(text(ROOT / name).splitlines()) <= 90, name
