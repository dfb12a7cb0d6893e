"""Figures as people read them: lines on the terminal, tables in Markdown. Nothing is measured here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.bench.aims import Verdict, verdicts
from tests.bench.figures import Figure, Machine
from tests.bench.sides import BRIEFGEN, HUGO

BEGIN, END = "<!-- figures: written by `python -m tests.bench --markdown` -->", "<!-- /figures -->"
Row = tuple[str, ...]


def line(figure: Figure) -> str:
    """A figure on the terminal."""
    low, high = min(figure.runs), max(figure.runs)
    cpu = f"  {_median(figure.cpu):.2f} s of the processors" if figure.cpu else ""
    note = f"  {figure.note}" if figure.note else ""
    said = f"{figure.site:>13}  {figure.side:<9} {figure.what:<30}{figure.median:>10.3f} {figure.unit:<3}"
    return f"{said} ({low:.3f} to {high:.3f}){cpu}{note}"


def ratio(value: float) -> str:
    """A ratio with two figures that count; small ones as a part of one too."""
    return f"{value:.2f}" if value > 0.5 else f"{value:.3f} (1/{1 / value:.1f})"


def aims(figures: Iterable[Figure]) -> list[Row]:
    """The table of aims, its head first."""
    head = ("aim", "pages", "briefgen", "Hugo", "reached", "aim", "", "then", "")
    return [head, *(_aim(one) for one in verdicts(figures))]


def _aim(one: Verdict) -> Row:
    theirs = _value(one.theirs) if one.theirs else "–"
    reached = f"**{ratio(one.reached)}**" if one.theirs else f"**{one.reached:.0f}**"
    aim = one.aim
    return (aim.says, _pages(aim.site), _value(one.ours), theirs, reached, aim.aim, one.met(aim.aim), aim.then, one.met(aim.then))


def everything(figures: Iterable[Figure]) -> list[Row]:
    """Every figure with its lowest and highest run, ours beside Hugo's, the head first."""
    held = {(one.site, one.what, one.side): one for one in figures}
    rows: list[Row] = [("pages", "what", "briefgen", "Hugo", "ratio", "processor time", "runs")]
    for site, what in dict.fromkeys((site, what) for site, what, _ in held):
        ours, theirs = held.get((site, what, BRIEFGEN)), held.get((site, what, HUGO))
        if ours:
            rows.append(_row(ours, theirs))
    return rows


def _row(ours: Figure, theirs: Figure | None) -> Row:
    cpu = f"{_median(ours.cpu):.2f} s" if ours.cpu else ""
    cpu += f", Hugo {_median(theirs.cpu):.2f} s" if theirs and theirs.cpu else ""
    notes = f"{ours.what} ({ours.note})" if ours.note else ours.what
    of = ratio(ours.median / theirs.median) if theirs else "–"
    return _pages(ours.site), notes, _spread(ours), _spread(theirs) if theirs else "–", of, cpu, str(len(ours.runs))


def _spread(figure: Figure) -> str:
    if len(set(figure.runs)) == 1:
        return _value(figure)
    return f"{_value(figure)} ({_number(min(figure.runs))} to {_number(max(figure.runs))})"


def _value(figure: Figure) -> str:
    return f"{_number(figure.median)} {figure.unit}".strip()


def _number(value: float) -> str:
    """Three figures that count, none behind the point where there are three before it."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _median(values: tuple[float, ...]) -> float:
    return sorted(values)[len(values) // 2]


def _pages(site: str) -> str:
    return f"{int(site):,}" if site.isdigit() else site


def table(rows: list[Row]) -> Iterator[str]:
    """Rows as a table of Markdown."""
    head, *rest = rows
    for row in (head, ("---",) * len(head), *rest):
        yield f"| {' | '.join(row)} |"


def plain(rows: list[Row]) -> Iterator[str]:
    """Rows as columns on a terminal."""
    rows = [tuple(cell.strip("*") for cell in row) for row in rows]
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def markdown(runs: Iterable[tuple[Machine, list[Figure]]]) -> str:
    """All there is to say about these runs."""
    runs = list(runs)
    figures = [one for _, held in runs for one in held]
    judged = aims(figures)
    return "\n".join([*_machines(runs), "", *(table(judged) if judged[1:] else ()), "", *table(everything(figures)), ""])


def _machines(runs: list[tuple[Machine, list[Figure]]]) -> Iterator[str]:
    for machine, held in runs:
        sites = ", ".join(dict.fromkeys(_pages(one.site) for one in held))
        yield f"- {sites}: {'; '.join(f'{name} {value}' for name, value in machine.items())}"


def put(file: Path, text: str) -> None:
    """Between the marks of a file that has them, or as the whole of a new one."""
    before, after = "", ""
    if file.exists():
        held = file.read_text(encoding="utf-8")
        if BEGIN not in held or END not in held:
            raise SystemExit(f"{file} has no place for figures: it should hold the lines {BEGIN} and {END}")
        before, after = held.split(BEGIN)[0], held.split(END)[1]
    file.write_text(f"{before}{BEGIN}\n\n{text}\n{END}{after or chr(10)}", encoding="utf-8")
