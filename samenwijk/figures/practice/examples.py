"""The shape of a file that we read without asking, as an example to fill in. Its numbers are invented."""

import csv
import io

HEADINGS = ("praktijk", "periode", "icpc", "omschrijving", "leeftijdsgroep", "geslacht", "aantal", "noemer", "bron")
AGES = ("0-14", "15-44", "45-64", "65-74", "75+")
REGISTERED = {"v": (310, 640, 520, 230, 210), "m": (325, 610, 505, 215, 160)}
COUNTS = {
    ("T90", "Diabetes"): {"v": (0, 14, 41, 48, 52), "m": (0, 17, 58, 55, 43)},
    ("K86", "Hoge bloeddruk"): {"v": (0, 21, 124, 112, 131), "m": (0, 24, 131, 104, 82)},
}


def lines() -> list[tuple[str | int, ...]]:
    return [
        ("Praktijk Voorbeeld", 2024, code, title, age, sex, counts[sex][number], REGISTERED[sex][number], "Voorbeeld")
        for (code, title), counts in COUNTS.items()
        for number, age in enumerate(AGES)
        for sex in ("v", "m")
    ]


def as_csv() -> bytes:
    """With a byte order mark and semicolons: so it opens rightly in a Dutch spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([HEADINGS, *lines()])
    return ("\ufeff" + out.getvalue()).encode()


def as_xlsx() -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet("cijfers")
    for number, line in enumerate([HEADINGS, *lines()]):
        page.write_row(number, 0, line)
    page.set_column(0, len(HEADINGS) - 1, 16)
    book.close()
    return out.getvalue()


EXAMPLES = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
}
