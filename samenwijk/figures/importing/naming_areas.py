"""Areas that a file only names: their codes come from another file, in the same order or by a name that is unique."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path

from django.utils.translation import gettext as _

from samenwijk.figures.importing import files
from samenwijk.figures.importing.refusal import Refused
from samenwijk.places.codes import is_code, level_of

# Parts of the country that are larger than a gemeente and smaller than the whole: the file calls them by a suffix.
LARGER = ("(ld)", "(pv)", "(gg)", "(cr)", "(jz)", "(am)")


def plain_name(text: str) -> str:
    """A name without double spaces and without what the file adds to tell a gemeente from a province."""
    return " ".join(text.split()).removesuffix(" (gemeente)")


@dataclass(frozen=True)
class Named:
    code: str
    name: str
    gemeente: str


@dataclass
class Register:
    """Codes with the names that belong to them. `in_order`: row by row the same areas as the file that needs codes."""

    areas: tuple[Named, ...]
    only_gemeenten: bool = False
    in_order: bool = False
    by_name: dict[str, list[Named]] = field(init=False)

    def __post_init__(self) -> None:
        self.by_name = {}
        for area in self.areas:
            if not self.only_gemeenten or level_of(area.code) in {"gemeente", "land"}:
                self.by_name.setdefault(_key(area.name), []).append(area)

    def code_of(self, number: int, name: str, gemeente: str, sort: str) -> str | None:
        """The code of a row; None when its name belongs to no area, or to more than one."""
        if self.in_order:
            return self.areas[number].code
        if name.lower().endswith(LARGER):
            return None
        found = self.by_name.get(_key(name), [])
        if gemeente:
            found = [area for area in found if not area.gemeente or _key(area.gemeente) == _key(gemeente)]
        if sort:
            found = [area for area in found if level_of(area.code) == sort.lower()]
        return found[0].code if len({area.code for area in found}) == 1 else None


def _key(name: str) -> str:
    return plain_name(name).casefold()


def read_register(path: Path) -> Register:
    """Codes and names, from a StatLine export with a column Codering or from a list with Key and Title."""
    areas: list[Named] = []
    if files.is_json(path):
        records = [(str(record.get("Key") or record.get("Identifier") or ""), str(record.get("Title") or ""), "")
                   for record in files.json_records(path)]  # fmt: skip
    else:
        rows = files.csv_rows(path)
        heading = [cell.strip().lower() for cell in next(rows, [])]
        code = _place(heading, ("key", "identifier", "codering", "wijkenenbuurten", "regios"))
        name = _place(heading, ("title", "wijken en buurten", "wijken.en.buurten", "regio's"))
        gemeente = _place(heading, ("gemeentenaam",), needed=False)
        records = [
            (row[code], row[name], row[gemeente] if gemeente is not None else "")
            for row in rows
            if code is not None and name is not None and len(row) == len(heading)
        ]
    areas.extend(
        Named(key.strip(), plain_name(title), plain_name(of)) for key, title, of in records if is_code(key.strip())
    )
    if not areas:
        raise Refused(_("%(name)s heeft geen gebiedscodes met namen.") % {"name": path.name})
    return Register(tuple(areas))


def _place(heading: list[str], wanted: tuple[str, ...], needed: bool = True) -> int | None:
    for at, cell in enumerate(heading):
        last = cell.split("/")[-1].split(".", 1)[-1] if "codering" in cell or "gemeentenaam" in cell else cell
        if cell in wanted or last.startswith(wanted[-1] if len(wanted) == 1 else wanted):
            return at
    if needed:
        raise Refused(_("In het bestand met codes is de kolom met %(what)s niet gevonden.") % {"what": wanted[0]})
    return None


def register_in_order(register: Register, names: Iterable[str]) -> Register | None:
    """The register as a list of the same rows; None when one row differs or is missing."""
    pairs = zip_longest(names, (area.name for area in register.areas))
    if all(name is not None and of is not None and _key(name) == _key(of) for name, of in pairs):
        return Register(register.areas, in_order=True)
    return None


__all__ = ["Named", "Register", "plain_name", "read_register", "register_in_order"]
