"""`derive build`: pages answered, verified and written; nothing is written for a page with a refuted step."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from derive.cli.errors import EXIT_HOLDS, EXIT_REFUTED
from derive.cli.options import MATH_STYLES, OptionError, formats
from derive.cli.terminal import Progress

if TYPE_CHECKING:
    from derive.api import BuiltPage

EXAMPLES = r"""
  derive build                                the whole catalogue into output/
  derive build sigmoid --to md --math github  one page in one format
  derive build my-page.toml --out notes       a page of your own
  derive build sigmoid --check                exit 1 if output/ is stale
  derive build --list
"""
PAGE_FORMATS = ("md", "tex", "html", "json", "fragment", "txt")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("pages", nargs="*", metavar="PAGE", help="a page of the catalogue, or a page file FILE.toml")
    parser.add_argument("--to", default="md,tex,html,json", metavar="FORMATS", help=f"of {','.join(PAGE_FORMATS)}")
    parser.add_argument("--out", type=Path, default=Path("output"), metavar="FOLDER", help="(default: output)")
    parser.add_argument("--math", choices=MATH_STYLES, default="brackets", help="delimiters in Markdown")
    parser.add_argument("--template", type=Path, metavar="FILE", help="fill this template, with one format in --to")
    parser.add_argument("--check", action="store_true", help="write nothing; say which files are not as built")
    parser.add_argument("--list", action="store_true", help="list the pages of the catalogue")


def run(options: argparse.Namespace) -> int:
    from derive.catalogue.library import find, names

    if options.list:
        for name in names():
            print(f"{name:<12} {find(name).title}")
        return EXIT_HOLDS
    asked = formats(options.to, PAGE_FORMATS)
    if options.template and len(asked) != 1:
        raise OptionError("--template needs exactly one format in --to")
    worst = EXIT_HOLDS
    for name in options.pages or names():
        worst = max(worst, _build(name, asked, options))
    return worst


def _build(name: str, asked: tuple[str, ...], options: argparse.Namespace) -> int:
    from derive.api import page as answered_page
    from derive.render.refusals import refused

    with Progress(f"building {name}"):
        built = answered_page(name, second_opinion=True)
        refusals = refused(built.page)
        files = {} if refusals else _documents(built, asked, options)
    if refusals:
        print(f"derive build: {name}: nothing is written, for a step or claim is refuted", file=sys.stderr)
        for refusal in refusals:
            print(f"  {refusal}", file=sys.stderr)
        return EXIT_REFUTED
    if options.check:
        return _check(files)
    _write(files)
    print(f"{', '.join(str(file) for file in files)}\n{built.summary}")
    return EXIT_HOLDS


def _documents(built: BuiltPage, asked: tuple[str, ...], options: argparse.Namespace) -> dict[Path, str]:
    from derive.render.formats import format_named

    return {
        options.out / f"{built.page.name}{format_named(to).suffix}": built.document(
            to, math=options.math, template=options.template
        )
        for to in asked
    }


def _check(files: dict[Path, str]) -> int:
    stale = [file for file, text in files.items() if not file.is_file() or file.read_text(encoding="utf-8") != text]
    for file in stale:
        print(f"{file}: {'stale' if file.exists() else 'missing'}")
    return EXIT_REFUTED if stale else EXIT_HOLDS


def _write(files: dict[Path, str]) -> None:
    """All files or, where one cannot be written, none half: each is made beside its place and moved there."""
    made: list[tuple[str, Path]] = []
    try:
        for file, text in files.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(
                "w", encoding="utf-8", dir=file.parent, prefix=f".{file.name}.", delete=False
            ) as temporary:
                made.append((temporary.name, file))
                temporary.write(text)
            Path(temporary.name).chmod(0o644)
        for name, file in made:
            Path(name).replace(file)
    except OSError as error:
        raise _about_the_folder(error, made) from None
    finally:
        for name, _ in made:
            Path(name).unlink(missing_ok=True)


def _about_the_folder(error: OSError, made: list[tuple[str, Path]]) -> OSError:
    """The error as it concerns the place asked for, not the temporary file."""
    places = {name: str(file) for name, file in made}
    name = str(error.filename or "")
    place = places.get(name) or (str(Path(name).parent) if Path(name).name.startswith(".") else name)
    return OSError(error.errno, f"cannot write: {(error.strerror or '').lower()}", place)
