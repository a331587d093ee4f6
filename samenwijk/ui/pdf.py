"""A page as PDF, where WeasyPrint and Pango are present; elsewhere the browser prints the same page."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings

from samenwijk.ui.storage import asset


@cache
def is_available() -> bool:
    """Whether this machine can make PDFs: the library is installed and finds Pango."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        return False
    return True


def pdf_of(html: str) -> bytes:
    """The page as a tagged PDF (PDF/UA-1). Only our own static files are read; nothing is fetched from a network."""
    import weasyprint

    document = weasyprint.HTML(string=html, base_url=settings.BASE_URL, url_fetcher=_fetcher(), media_type="print")
    return bytes(document.write_pdf(pdf_variant="pdf/ua-1"))


def _fetcher() -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFilesOnly(URLFetcher):  # type: ignore[misc]
        """Reads what `asset` knows, and nothing else."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            found = asset(unquote(urlsplit(url).path).removeprefix(settings.STATIC_URL))
            if found is None:
                raise ValueError("a PDF reads our own static files only")
            return URLFetcherResponse(url, found.body, {"Content-Type": found.content_type})

    return OwnFilesOnly()
