"""Tables and outlines from the network, kept as files, so that a broken fetch goes on where it was."""

import hashlib
import json
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import httpx
from django.conf import settings
from django.utils.translation import gettext as _

from samenwijk.figures.importing.opened import Asked, required
from samenwijk.figures.importing.refusal import Refused

Progress = Callable[[str], None]
TRIES = 5
PAUSE = 1.0
TIMEOUT = 60.0
MOST_PAGES = 5000
LARGEST_ANSWER = 256 * 1024 * 1024
STALE_AFTER = 24 * 3600
AGAIN = {429, 500, 502, 503, 504}


class NoAnswer(Refused):
    """The source does not answer now. What it gave before stays, so that the same command goes on there."""


class TooManyRows(Exception):
    """The v3 service answers 500 to a question for more than 10,000 rows: ask for less at once."""


class Service:
    """One service of a source: asks politely, tries again, and keeps every answer as a file."""

    def __init__(self, base: str, folder: Path, progress: Progress) -> None:
        self.base, self.folder, self.progress = base.rstrip("/"), folder, progress
        self.client = httpx.Client(
            timeout=TIMEOUT, follow_redirects=True, headers={"Accept": "application/json", "User-Agent": "samenwijk"}
        )

    def url(self, *parts: str, **query: str) -> str:
        asked = "?" + urlencode({f"${key}": value for key, value in query.items()}) if query else ""
        return "/".join([self.base, *parts]) + asked

    def keep(self, kind: str, url: str, *, rows: str = "", split_at_500: bool = False) -> dict[str, Any]:
        """The answer at this address, from the folder if it is there already, else from the network.

        `rows` is the list of objects that must be in it. What is no such answer does not stay.
        """
        if urlsplit(url).hostname != urlsplit(self.base).hostname:
            raise Refused(_("De bron verwijst naar een ander adres (%(url)s); dat volgen we niet.") % {"url": url})
        name = self.folder / f"{kind}_{hashlib.sha256(url.encode()).hexdigest()[:12]}.json"
        if not name.exists():
            part = name.with_suffix(".part")
            self._get(url, part, split_at_500)
            size = part.rename(name).stat().st_size
            self.progress(_("%(kind)s: %(size)s kB opgehaald") % {"kind": kind, "size": size // 1024})
        found = _answer(name.read_bytes(), rows)
        if found is None:
            name.unlink()
            raise NoAnswer(
                _("De bron gaf geen gegevens maar iets anders, misschien een foutpagina (%(url)s). Probeer het later.")
                % {"url": url}
            )
        return found

    def _get(self, url: str, into: Path, split_at_500: bool) -> None:
        problem = ""
        for attempt in range(TRIES):
            if attempt:
                time.sleep(PAUSE * 2 ** (attempt - 1))
            try:
                with self.client.stream("GET", url) as answer:
                    if answer.status_code == 200:
                        return self._write(answer, into)
                    problem = str(answer.status_code)
                    if answer.status_code == 500 and split_at_500:
                        raise TooManyRows
                    if answer.status_code not in AGAIN:
                        raise NoAnswer(_status_sentence(answer.status_code, url))
            except httpx.HTTPError as error:
                problem = type(error).__name__
            self.progress(_("De bron gaf geen antwoord (%(problem)s); nog een keer.") % {"problem": problem})
        raise NoAnswer(
            _(
                "De bron antwoordt niet (%(problem)s, %(tries)s keer geprobeerd). Wat al is opgehaald blijft staan: "
                "geef dezelfde opdracht later nog eens, dan gaat het verder."
            )
            % {"problem": problem, "tries": TRIES}
        )

    def _write(self, answer: httpx.Response, into: Path) -> None:
        """Piece by piece: what turns out to be too large was never in memory as a whole."""
        with into.open("wb") as file:
            for piece in answer.iter_bytes():
                file.write(piece)
                if file.tell() > LARGEST_ANSWER:
                    into.unlink()
                    raise Refused(
                        _("De bron stuurt meer dan %(mb)s MB in één antwoord. Haal de tabel op als CSV en geef --file.")
                        % {"mb": LARGEST_ANSWER >> 20}
                    )

    def pages(
        self, kind: str, url: str, *, rows: str = "value", split_at_500: bool = False
    ) -> Iterator[list[dict[str, Any]]]:
        """The rows of an answer and of the pages behind it."""
        seen: set[str] = set()
        while url not in seen:
            seen.add(url)
            if len(seen) > MOST_PAGES:
                raise Refused(
                    _("De bron blijft naar een volgend deel verwijzen (%(url)s). Probeer het later.") % {"url": url}
                )
            answer = self.keep(kind, url, rows=rows, split_at_500=split_at_500)
            yield answer[rows]
            url = urljoin(url, _next_page(answer))

    def records(self, kind: str, *path: str) -> list[dict[str, Any]]:
        return [record for page in self.pages(kind, self.url(*path)) for record in page]


def _next_page(answer: dict[str, Any]) -> str:
    links = [link.get("href") for link in answer.get("links") or [] if _is_next(link)]
    return str(answer.get("@odata.nextLink") or answer.get("odata.nextLink") or (links or [""])[0])


def _is_next(link: Any) -> bool:
    return isinstance(link, dict) and link.get("rel") == "next"


def _answer(body: bytes, rows: str) -> dict[str, Any] | None:
    """An answer with this list of objects in it; None for anything else."""
    try:
        found = json.loads(body, parse_float=str, parse_int=str)
    except (ValueError, RecursionError):
        return None
    answer = {"value": found} if isinstance(found, list) else found
    if not isinstance(answer, dict):
        return None
    return answer if not rows or _are_objects(answer.get(rows)) else None


def _are_objects(listed: Any) -> bool:
    return isinstance(listed, list) and all(isinstance(row, dict) for row in listed)


def _status_sentence(status: int, url: str) -> str:
    if status == 404:
        return _("De bron kent dit niet: %(url)s. Controleer het nummer van de tabel.") % {"url": url}
    if status == 406:
        return _("De bron wil dit niet als JSON geven (406): %(url)s. Haal de tabel op als CSV en geef --file.") % {
            "url": url
        }
    return _("De bron weigert (%(status)s): %(url)s.") % {"status": status, "url": url}


@contextmanager
def fetched(asked: Asked, api: str, progress: Progress, *, again: bool = False) -> Iterator[Path]:
    """A folder with everything of a table, for as long as it is taken in."""
    rivm = asked.publisher == "RIVM"
    base = settings.RIVM_URL if rivm else settings.CBS_URL if api == "v4" else settings.CBS_FEED_URL
    what = f"{asked.publisher or 'cbs'}-{api}-{asked.table}-{'-'.join(sorted(asked.gemeenten)) or 'alles'}".lower()
    folder = _folder(what, again)
    service = Service(base, folder, progress)
    with _used_up(folder):
        with service.client:
            (_fetch_v4 if api == "v4" and not rivm else _fetch_v3)(service, asked)
        yield folder


@contextmanager
def _used_up(folder: Path) -> Iterator[None]:
    """What was fetched goes when it was taken in, and when it was refused: then it must be fetched anew."""
    try:
        yield
    except NoAnswer:
        raise
    except Refused:
        shutil.rmtree(folder)
        raise
    shutil.rmtree(folder)


def _folder(what: str, again: bool) -> Path:
    folder = Path(settings.DATA_DIR) / "figures-import" / what[:120]
    if folder.exists() and (again or time.time() - folder.stat().st_ctime > STALE_AFTER):
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _fresh(service: Service, kind: str, url: str, stamp: str) -> dict[str, Any]:
    """The table's own description, always asked anew: when the table changed meanwhile, the rest is asked anew too."""
    before = sorted(service.folder.glob(f"{kind}_*.json"))
    old = before[0].read_bytes() if before else b""
    for path in before:
        path.unlink()
    answer = service.keep(kind, url)
    if old:
        told = json.loads(old, parse_float=str, parse_int=str)
        if _stamp(told, stamp) != _stamp(answer, stamp):
            service.progress(_("De tabel is intussen veranderd; alles wordt opnieuw opgehaald."))
            for path in service.folder.glob("*.json"):
                if not path.name.startswith(f"{kind}_"):
                    path.unlink()
    return answer


def _stamp(answer: dict[str, Any], key: str) -> str:
    rows = answer.get("value")
    return str((rows[0] if isinstance(rows, list) and rows else answer).get(key) or "")


def _fetch_v4(service: Service, asked: Asked) -> None:
    table = asked.table or ""
    _fresh(service, "Properties", service.url(table, "Properties"), "Modified")
    dimensions = [str(record.get("Identifier")) for record in service.records("Dimensions", table, "Dimensions")]
    region = _region_of(dimensions)
    measures = service.records("MeasureCodes", table, "MeasureCodes")
    # A table whose measures stand in no group has no list of groups: asking for it gives 404.
    if any(measure.get("MeasureGroupId") for measure in measures):
        service.records("MeasureGroups", table, "MeasureGroups")
    lists = {name: service.records(f"{name}Codes", table, f"{name}Codes") for name in dimensions}
    codes = [str(record.get("Identifier") or "").strip() for record in lists[region]]
    if not asked.gemeenten:
        for _page in service.pages("Observations", service.url(table, "Observations")):
            pass
        return
    wanted = [code for code in codes if _is_wanted(code, asked.gemeenten)]
    _refuse_unknown(wanted, asked.gemeenten)
    for start in range(0, len(wanted), 50):
        some = wanted[start : start + 50]
        listed = ",".join(f"'{code}'" for code in some)
        url = service.url(table, "Observations", filter=f"{region} in ({listed})")
        for page in service.pages("Observations", url):
            _recheck(page, region, some.__contains__, url)


def _region_of(names: list[str]) -> str:
    region = next((name for name in names if name in {"WijkenEnBuurten", "RegioS"}), None)
    if region is None:
        raise Refused(_("Deze tabel heeft geen gemeenten, wijken of buurten, en kan dus niet mee."))
    return region


def _is_wanted(code: str, gemeenten: frozenset[str]) -> bool:
    """The country and all gemeenten too: only with them is it known whether a column was published at all."""
    return code.startswith(("NL", "GM")) or f"GM{code[2:6]}" in gemeenten


def _refuse_unknown(codes: list[str], gemeenten: frozenset[str]) -> None:
    for gemeente in sorted(gemeenten - set(codes)):
        raise Refused(
            _("Gemeente %(code)s staat niet in deze tabel. Controleer de code en het jaar.") % {"code": gemeente}
        )


def _recheck(rows: list[dict[str, Any]], key: str, fits: Callable[[str], bool], url: str) -> None:
    """A service that ignores a filter answers with other rows: better nothing than the wrong ones."""
    for row in rows:
        code = str(row.get(key) or "").strip()
        if not fits(code):
            raise Refused(
                _("De bron gaf een ander gebied dan gevraagd (%(code)s): %(url)s. Er is niets ingelezen.")
                % {"code": code, "url": url}
            )


def _fetch_v3(service: Service, asked: Asked) -> None:
    table = asked.table or ""
    _fresh(service, "TableInfos", service.url(table, "TableInfos"), "Modified")
    names = [str(entry.get("name")) for entry in service.records("Root", table)]
    service.records("DataProperties", table, "DataProperties")
    region = _region_of(names)
    others = [
        name for name in names
        if name not in {"TableInfos", "UntypedDataSet", "TypedDataSet", "DataProperties", "CategoryGroups", region}
    ]  # fmt: skip
    splits = []
    for name in others:
        records = service.records(name, table, name)
        splits.append((name, [str(record["Key"]) for record in records if record.get("Key")]))
    prefixes = ["NL", "GM", *(f"{level}{code[2:]}" for code in sorted(asked.gemeenten) for level in ("WK", "BU"))]
    if not asked.gemeenten:
        prefixes = ["NL", "GM", *(f"{level}{digit:02}" for level in ("WK", "BU") for digit in range(20))]
    found: list[str] = []
    for prefix in prefixes:
        _split(service, table, region, [(region, prefix)], [], region)
        found += _split(service, table, "TypedDataSet", [(region, prefix)], splits, region)
    _refuse_unknown(found, asked.gemeenten)


def _split(service: Service, table: str, kind: str, by: list[tuple[str, str]], splits: list[tuple[str, list[str]]],
           region: str) -> list[str]:  # fmt: skip
    """The rows of one part of the country; where the answer would be too long, by year, age and margin apart."""
    place = "Key" if kind == region else region
    (_name, prefix), *rest = by
    filters = [f"startswith({place},'{prefix}')", *(f"{name} eq '{value}'" for name, value in rest)]
    url = service.url(table, kind, filter=" and ".join(filters))
    try:
        rows = [row for page in service.pages(kind, url, split_at_500=True) for row in page]
    except TooManyRows:
        return _smaller(service, table, kind, by, splits, region)
    _recheck(rows, place, lambda code: code.startswith(prefix), url)
    for name, value in rest:
        _recheck(rows, name, value.strip().__eq__, url)
    return [str(row.get(place) or "").strip() for row in rows]


def _smaller(service: Service, table: str, kind: str, by: list[tuple[str, str]], splits: list[tuple[str, list[str]]],
             region: str) -> list[str]:  # fmt: skip
    if splits:
        (name, values), *rest = splits
        parts = [[*by, (name, value)] for value in values]
    elif len(by[0][1]) < 6:
        rest = []
        parts = [[(by[0][0], by[0][1] + digit), *by[1:]] for digit in "0123456789"]
    else:
        raise Refused(_("De bron geeft een fout (500), ook voor een klein deel van de tabel. Probeer het later."))
    return [code for part in parts for code in _split(service, table, kind, part, rest, region)]


@contextmanager
def fetched_outlines(asked: Asked, progress: Progress, *, again: bool = False) -> Iterator[Path]:
    """Wijken and buurten of gemeenten from PDOK, as one GeoJSON file, for as long as it is taken in."""
    year = required(asked.boundary_year, None, "--boundary-year")
    if not asked.gemeenten:
        raise Refused(_("Zeg van welke gemeente je de omtrekken wilt, met --gemeente. Of geef een GeoJSON-bestand."))
    folder = _folder(f"pdok-{year}-{'-'.join(sorted(asked.gemeenten))}".lower(), again)
    service = Service(settings.PDOK_URL.replace("{year}", str(year)), folder, progress)
    with _used_up(folder):
        with service.client:
            features = [feature for gemeente in sorted(asked.gemeenten) for feature in _outlines_of(service, gemeente)]
        whole = folder / "outlines.geojson"
        whole.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
        yield whole


def _outlines_of(service: Service, gemeente: str) -> Iterator[dict[str, Any]]:
    asked = urlencode({"f": "json", "gemeentecode": gemeente, "limit": 1000})
    for kind in ("gemeenten", "wijken", "buurten"):
        for page in service.pages(kind, f"{service.base}/collections/{kind}/items?{asked}", rows="features"):
            yield from page
