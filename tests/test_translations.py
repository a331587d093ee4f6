"""Every text that people read is there in English too."""

import ast
import gettext
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.source import PACKAGE, files, python_files

CATALOGUE = PACKAGE / "locale/en/LC_MESSAGES/django.po"
HELP = "run bin/messages, translate, run it again and commit samenwijk/locale"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@dataclass
class Text:
    """One entry of a .po file."""

    fuzzy: bool = False
    parts: dict[str, str] = field(default_factory=dict)  # msgctxt, msgid, msgid_plural, msgstr, msgstr[0] ...

    @property
    def key(self) -> tuple[str, str]:
        return self.parts.get("msgctxt", ""), self.parts["msgid"]

    @property
    def translations(self) -> list[str]:
        return [value for name, value in self.parts.items() if name.startswith("msgstr")]


def read(path: Path) -> list[Text]:
    entries, entry, part = [], Text(), ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#,") and "fuzzy" in line:
            entry.fuzzy = True
        elif found := re.match(r"(msg\w+(?:\[\d\])?) (\".*\")$", line):
            part = found[1]
            entry.parts[part] = ast.literal_eval(found[2])
        elif line.startswith('"'):
            entry.parts[part] += ast.literal_eval(line)
        elif not line and entry.parts:
            entries.append(entry)
            entry = Text()
    entries += [entry] if entry.parts else []
    return [entry for entry in entries if entry.parts["msgid"]]


@pytest.fixture(scope="module")
def catalogue():
    return read(CATALOGUE)


def test_every_text_has_an_english_translation(catalogue):
    missing = [text.parts["msgid"] for text in catalogue if not all(text.translations)]
    assert len(catalogue) > 100
    assert not missing, HELP


def test_no_translation_is_a_guess(catalogue):
    assert not [text.parts["msgid"] for text in catalogue if text.fuzzy], HELP


def test_translations_fill_in_the_same_things(catalogue):
    def placeholders(text):
        return set(PLACEHOLDER.findall(text))

    wrong = [
        text.parts["msgid"]
        for text in catalogue
        for translation in text.translations
        if not placeholders(translation) <= placeholders(text.parts["msgid"] + text.parts.get("msgid_plural", ""))
        or ("msgid_plural" not in text.parts and placeholders(translation) != placeholders(text.parts["msgid"]))
    ]
    assert not wrong


def test_the_compiled_catalogue_is_the_written_one(catalogue):
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    wrong = []
    for text in catalogue:
        context, singular = text.key
        if "msgid_plural" in text.parts:
            continue
        found = compiled.pgettext(context, singular) if context else compiled.gettext(singular)
        if text.translations and found != text.translations[0]:
            wrong.append(singular)
    assert not wrong, HELP


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="gettext is not installed")
def test_the_catalogue_holds_every_text_and_no_other(catalogue, tmp_path):
    copy = tmp_path / "samenwijk"
    for path in files(".py", ".html", ".txt"):
        target = copy / path.relative_to(PACKAGE)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    (copy / "locale").mkdir()
    command = [str(Path(sys.executable).with_name("django-admin")), "makemessages", "--locale", "en"]
    options = ["--no-wrap", "--no-location", "--extension", "html,txt,py"]
    without_settings = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run([*command, *options], cwd=copy, env=without_settings, check=True, capture_output=True)
    collected = {text.key for text in read(copy / "locale/en/LC_MESSAGES/django.po")}
    known = {text.key for text in catalogue}
    assert not collected - known, HELP
    assert not known - collected, HELP


WORDS_OF_READERS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "npgettext"}


def test_no_text_hides_inside_an_f_string():
    """gettext does not look there, so such a text would never be translated."""
    hidden = [
        f"{path.relative_to(PACKAGE)}:{call.lineno}"
        for path in python_files()
        for part in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(part, ast.JoinedStr)
        for call in ast.walk(part)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in WORDS_OF_READERS
    ]
    assert not hidden
