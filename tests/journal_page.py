"""docs/journal.md as it follows from the kinds that the apps declare; `bin/docs` writes it."""

from itertools import groupby

from samenwijk.journal.kinds import declared

INTRODUCTION = """# What the journal records

An entry says that something happened: its kind, whom or what it is about, who did it (by public id), in which
wijk, when, and facts that are numbers or slugs. It holds no name and no free text. Votes and taps are not recorded
one by one. Apps declare their kinds in `AppConfig.ready()`; this page is written by `bin/docs` from there.
"""


def page() -> str:
    parts = [INTRODUCTION]
    for subject, kinds in groupby(declared().items(), key=lambda entry: entry[0].split(".")[0]):
        rows = "\n".join(f"| `{kind}` | {description} |" for kind, description in kinds)
        parts.append(f"## {subject}\n\n| kind | what happened |\n|---|---|\n{rows}\n")
    return "\n".join(parts)
