"""The handbook says what is on the screen: its buttons exist, its pictures too, and it reads easily."""

import ast
import html
import re
from functools import cache

import pytest

from samenwijk.meetings.scripts import SHIPPED
from tests.source import ROOT, name_of, python_files, templates

HANDBOOK = ROOT / "docs/handboek"
PICTURES = HANDBOOK / "beelden"
PAGES = sorted(HANDBOOK.glob("*.md"))
FOR_USERS = [chapter for chapter in PAGES if chapter.stem != "README"]
LITERAL = r"""(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')"""
IN_TEMPLATE = re.compile(r"""(?:translate |_\()""" + LITERAL)
BLOCK = re.compile(r"\{% blocktranslate[^%]*%\}(.*?)\{% endblocktranslate %\}", re.DOTALL)
LONGEST_SENTENCE_ON_AVERAGE = 15
LARGEST = 3_000_000


def text(path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def on_the_screen() -> frozenset[str]:
    """Every text that pages and code offer for translation, as it is in Dutch."""
    found: set[str] = set()
    for path in templates():
        source = text(path)
        found |= {html.unescape(first or second) for first, second in IN_TEMPLATE.findall(source)}
        for block in BLOCK.findall(source):
            found |= set(re.split(r"\{% plural %\}", block))
    for path in python_files():
        for node in ast.walk(ast.parse(text(path))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"_", "gettext", "gettext_lazy"}:
                found |= {each.value for each in node.args if isinstance(each, ast.Constant)}
    return frozenset(found)


def bold(chapter) -> list[str]:
    return [" ".join(words.split()) for words in re.findall(r"\*\*(.+?)\*\*", text(chapter), re.DOTALL)]


def is_heading_of_a_paragraph(words: str) -> bool:
    """**De beamer doet het niet.** opens a paragraph; it is not a button."""
    return words.endswith(".") or words == "In het kort"


def sentences(chapter) -> list[str]:
    plain = re.sub(r"!\[.*?\]\(.*?\)", "", text(chapter), flags=re.DOTALL)
    plain = re.sub(r"\[(.*?)\]\(.*?\)", r"\1", plain)
    lines = []
    for line in plain.splitlines():
        line = re.sub(r"^\s*(#+|[-*]|\d+\.)\s+", "\n", line)
        lines.append("\n" + line.replace("|", "\n") if line.startswith("|") else line or "\n")
    found = re.split(r"(?<=[.!?:])\**\s+|\n\n+|\n(?=\n)", "\n".join(lines))
    return [sentence for sentence in found if len(re.findall(r"\w+", sentence)) > 1]


def pictures(chapter) -> list[str]:
    return re.findall(r"!\[[^\]]*\]\(([^)\s]+)\)", text(chapter))


@pytest.mark.parametrize("chapter", PAGES, ids=name_of)
def test_every_button_in_the_handbook_is_on_the_screen(chapter):
    quoted = [words for words in bold(chapter) if not is_heading_of_a_paragraph(words)]
    missing = [words for words in quoted if words not in on_the_screen()]
    assert not missing, f"{chapter.name} names what no page shows: {missing}"


@pytest.mark.parametrize("chapter", sorted(HANDBOOK.glob("werkvorm-*.md")), ids=name_of)
def test_a_way_of_working_names_its_steps_as_its_script_does(chapter):
    titles = [row["title"] for row in SHIPPED[chapter.stem.removeprefix("werkvorm-")].rows]
    named = [" ".join(words.split()) for words in re.findall(r"\bBij\s+\*\*(.+?)\*\*", evening_of(chapter), re.DOTALL)]
    assert not set(named) - set(titles)
    assert named == sorted(named, key=titles.index)


def evening_of(chapter) -> str:
    """The steps of the evening, as the page tells them."""
    return text(chapter).partition("## Zo verloopt")[2].partition("\n## ")[0]


@pytest.mark.parametrize("chapter", FOR_USERS, ids=name_of)
def test_every_picture_of_the_handbook_is_there_and_says_what_it_shows(chapter):
    assert pictures(chapter)
    assert not [name for name in pictures(chapter) if not (chapter.parent / name).is_file()], "run bin/pictures"
    assert not re.findall(r"!\[\s*\]", text(chapter))


def test_every_picture_is_used():
    used = {(chapter.parent / name).resolve() for chapter in PAGES for name in pictures(chapter)}
    assert {path.name for path in PICTURES.glob("*")} == {path.name for path in used}


def test_the_pictures_together_stay_small():
    assert sum(path.stat().st_size for path in PICTURES.glob("*")) < LARGEST


def test_the_readme_shows_one_picture():
    assert pictures(ROOT / "README.md") == ["docs/picture.png"]
    assert (ROOT / "docs/picture.png").is_file(), "run bin/pictures"


@pytest.mark.parametrize("chapter", PAGES, ids=name_of)
def test_the_handbook_is_easy_to_read(chapter):
    lengths = [len(re.findall(r"\w+(?:['’-]\w+)*", sentence)) for sentence in sentences(chapter)]
    assert lengths
    assert sum(lengths) / len(lengths) <= LONGEST_SENTENCE_ON_AVERAGE


@pytest.mark.parametrize("chapter", PAGES, ids=name_of)
def test_every_page_of_the_handbook_can_be_found_from_the_first(chapter):
    assert chapter.name == "README.md" or f"]({chapter.name})" in text(HANDBOOK / "README.md")
