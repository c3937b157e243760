"""The pages that come with derive, by name; a page file of one's own is found by its path."""

from __future__ import annotations

from pathlib import Path

from derive.catalogue.pagefile import PageSource, read_page_file

_PAGES = Path(__file__).resolve().parent / "pages"


class UnknownPageError(LookupError):
    """A page that is neither in the catalogue nor a file; the message names the ones there are."""

    def __str__(self) -> str:
        return str(self.args[0])


def names() -> tuple[str, ...]:
    """The names of the catalogue's pages, in alphabetical order."""
    return tuple(sorted(file.stem for file in _PAGES.glob("*.toml")))


def find(page: str) -> PageSource:
    """The page of that name, or in the file of that path.

    Raises UnknownPageError, PageFileError for a file that is no page, OSError for one that cannot be read.
    """
    if page in names():
        return read_page_file(_PAGES / f"{page}.toml")
    path = Path(page)
    if path.suffix == ".toml":
        return read_page_file(path)
    known = ", ".join(names())
    raise UnknownPageError(f"there is no page {page!r}; the catalogue has {known}, and FILE.toml is a page of your own")
