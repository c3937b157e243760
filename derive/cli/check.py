"""`derive check`: the steps on pages that people have written, each with its verdict, like a linter."""

from __future__ import annotations

import argparse
import sys
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from derive.cli.errors import EXIT_UNUSABLE, explained
from derive.cli.options import OptionError
from derive.cli.terminal import Progress, has_colour

if TYPE_CHECKING:
    from derive.check.result import Run
    from derive.check.settings import Settings

EXAMPLES = r"""
  derive check notes/
  derive check notes/calculus.md --to github --strict
  derive check lecture.tex --to sarif > derive.sarif
  echo '$$(a + b)^2 = a^2 + b^2$$' | derive check -
"""

_FORMATS = ("text", "json", "github", "junit", "sarif")
_SUFFIXES = (".md", ".tex", ".ipynb", ".rst", ".html")
_PAUSE = 0.5


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="*", default=["."], metavar="PATH", help="documents, or folders (default: this one); - is stdin"
    )
    parser.add_argument("--to", choices=_FORMATS, default="text", help="the form of the report (default: text)")
    parser.add_argument("--strict", action="store_true", default=None, help="fail on whatever is not proved or given")
    parser.add_argument("--allow-empty", action="store_true", default=None, help="it is no error to find no step")
    parser.add_argument("--verbose", "-v", action="store_true", help="show notes on undecided steps, too")
    parser.add_argument("--exclude", action="append", default=[], metavar="PATTERN", help="leave out these paths")
    parser.add_argument("--ignore", action="append", default=[], metavar="CODE", help="do not report this code")
    parser.add_argument("--baseline", metavar="FILE", help="findings that are known and do not count")
    parser.add_argument("--write-baseline", metavar="FILE", help="accept everything found now, in this file")
    parser.add_argument("--stdin-format", choices=_SUFFIXES, default=".md", help="what standard input holds")
    parser.add_argument("--no-cache", action="store_true", help="check everything again")
    parser.add_argument("--jobs", type=int, default=None, metavar="N", help="processes (default: one for each core)")
    parser.add_argument("--watch", action="store_true", help="check again whenever a file changes")


def run(options: argparse.Namespace) -> int:
    from derive.check.settings import read_settings

    settings = _with_options(read_settings(Path.cwd()), options)
    if options.watch:
        if "-" in options.paths:
            raise OptionError("--watch waits for files to change; standard input does not")
        return _watch(options, settings)
    return _once(options, settings)


def _with_options(settings: Settings, options: argparse.Namespace) -> Settings:
    """What the command line says goes before what the configuration says."""
    from derive.check.settings import known_codes

    said = {
        "strict": options.strict,
        "allow_empty": options.allow_empty,
        "baseline": options.baseline,
        "jobs": options.jobs,
        "cache": "" if options.no_cache else None,
    }
    settings = replace(settings, **{name: value for name, value in said.items() if value is not None})
    return replace(
        settings,
        exclude=(*settings.exclude, *options.exclude),
        ignore=(*settings.ignore, *known_codes(options.ignore, "--ignore")),
    )


def _once(options: argparse.Namespace, settings: Settings) -> int:
    from derive.check.baseline import read_baseline, with_baseline, written_baseline

    known = read_baseline(Path(settings.baseline)) if settings.baseline and not options.write_baseline else None
    result = _checked(options, settings)
    if options.write_baseline:
        Path(options.write_baseline).write_text(written_baseline(result), encoding="utf-8")
        print(f"{options.write_baseline}: everything that was found is accepted", file=sys.stderr)
        return 0
    if known is not None:
        result = with_baseline(result, known)
    sys.stdout.write(_report(result, options, settings))
    for file in result.files:
        if file.unreadable and options.to != "text":
            print(f"derive check: {file.path}: {file.notices[0].message}", file=sys.stderr)
    status = result.exit_code(strict=settings.strict, allow_empty=settings.allow_empty)
    if status == EXIT_UNUSABLE and not result.steps and not any(file.unreadable for file in result.files):
        print("derive check: there is nothing to check here (--allow-empty if that is right)", file=sys.stderr)
    return status


def _checked(options: argparse.Namespace, settings: Settings) -> Run:
    from derive.check.files import find_files
    from derive.check.run import check_sources
    from derive.check.sources import Source, sources_of

    paths = [path for path in options.paths if path != "-"]
    sources = sources_of(find_files(paths, settings.exclude))
    if "-" in options.paths:
        sources = (Source(f"stdin{options.stdin_format}", sys.stdin.buffer.read()), *sources)
    with Progress("checking") as progress:
        return check_sources(sources, settings, progress.at)


def _report(result: Run, options: argparse.Namespace, settings: Settings) -> str:
    from derive.check.formats import FORMATS
    from derive.check.formats.text import text_report

    if options.to == "text":
        return text_report(result, color=has_colour(sys.stdout), verbose=options.verbose or settings.strict)
    return FORMATS[options.to](result)


def _watch(options: argparse.Namespace, settings: Settings) -> int:
    """Check, and check again after each change, until interrupted."""
    seen: dict[Path, int] | None = None
    status = 0
    try:
        while True:
            now = _times(options, settings)
            if now != seen:
                if seen is not None:
                    print(f"\n--- {_changed(seen, now)}", flush=True)
                seen = now
                status = _once_more(options, settings)
                sys.stdout.flush()
            time.sleep(_PAUSE)
    except KeyboardInterrupt:
        return status


def _once_more(options: argparse.Namespace, settings: Settings) -> int:
    """One check while watching, where a file may just be gone."""
    try:
        return _once(options, settings)
    except Exception as error:
        message = explained(error)
        if message is None:
            raise
        print(f"derive check: {message}", file=sys.stderr, flush=True)
        return EXIT_UNUSABLE


def _times(options: argparse.Namespace, settings: Settings) -> dict[Path, int]:
    """When each document was changed last; a path that is not there now is watched for."""
    from derive.check.files import MissingPath, find_files

    times: dict[Path, int] = {}
    for given in options.paths:
        with suppress(MissingPath, OSError):
            times |= {path: path.stat().st_mtime_ns for path in find_files([given], settings.exclude)}
    return times


def _changed(before: dict[Path, int], now: dict[Path, int]) -> str:
    changed = sorted({path.as_posix() for path, _ in before.items() ^ now.items()})
    more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
    return f"{changed[0]}{more} changed"
