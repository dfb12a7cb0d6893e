"""What is patched is what would be made anew: tables, files in pieces, findings, the search index. Any sequence of changes."""

from __future__ import annotations

import random
from collections.abc import Hashable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest

from briefgen.diagnostic import Diagnostic, Note
from briefgen.findings import Findings, in_order, with_more
from briefgen.outputs import Content
from briefgen.pages.search.entry import Entry, Found
from briefgen.pages.search.files import NONE, files_of
from briefgen.pages.search.handfuls import handfuls
from briefgen.pages.search.index import EMPTY, index_after, index_of
from briefgen.patched import Overlaid, Patches, Picked, Sparse, altered, overlaid, patched, picked, sparse
from briefgen.pieces import Blocks, Joined, Pieces, blocks_of, piece
from briefgen.publish.disk import Taken, take, take_some
from briefgen.source import Span
from briefgen.tables import Gathered, Pairs, Revised, changes, derived, gathered
from tests.kit import canonical_order
from tests.reliability import tries

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


def edited(table: Mapping[str, int], chance: random.Random) -> dict[str, int]:
    """Another value, one more entry, one less, another order; mostly the first, as it is with editors."""
    items = list(table.items())
    match chance.choice("vvvvvcgo") if items else "c":
        case "v":
            at = chance.randrange(len(items))
            items[at] = items[at][0], chance.randrange(-3, 4)
        case "c":
            items.insert(chance.randint(0, len(items)), (f"k{chance.randrange(40)}", chance.randrange(-3, 4)))
        case "g":
            del items[chance.randrange(len(items))]
        case _:
            chance.shuffle(items)
    return dict(items)


def revised(before: Revised[str, int], now: dict[str, int]) -> Revised[str, int]:
    """A table that came of another, so that what is said to be touched is believed."""
    touched = {key for key in {*before, *now} if before.get(key) != now.get(key)}
    return Revised(now, before, frozenset(touched))


# ---------------------------------------------------------------- tables


def test_changes_are_the_keys_of_other_objects() -> None:
    one, two, three = (object() for _ in range(3))
    old: dict[str, object] = {"a": one, "b": two}
    assert list(changes(old, old)) == []
    assert list(changes(old, {"a": one, "b": three})) == ["b"]
    assert set(changes(old, {"b": two, "c": three})) == {"a", "c"}
    before = Revised(old)
    assert set(changes(before, Revised({"a": one, "b": three, "c": one}, before, frozenset("bc")))) == {"b", "c"}


def test_a_table_in_which_nothing_changed_is_the_very_same() -> None:
    table = Revised({"a": 1, "b": 2})
    assert patched(table, {}) is table
    assert altered(table, (), {}) is table
    after = patched(table, {"a": 3})
    assert (list(after.items()), dict(table)) == ([("a", 3), ("b", 2)], {"a": 1, "b": 2})
    assert after.came_of(table)
    assert after.touched == {"a"}
    assert altered(table, ["b"], {"c": 4}) == {"a": 1, "c": 4}


def some(item: int) -> tuple[str, ...]:
    return ("x",) * item


def pairs(item: int) -> Pairs[int, int]:
    return tuple((n, item * n) for n in range(item))


@tries(60, 2000)
def test_tables_that_are_patched_are_those_made_anew(times: int) -> None:
    for seed in range(times):
        chance = random.Random(seed)
        items, over = Revised[str, int]({}), Revised[str, int]({})
        laid: Overlaid[str, int] | None = None
        few: Sparse[str, int, tuple[str, ...]] | None = None
        chosen: Picked[str, int] | None = None
        every: Gathered[str, int, int] | None = None
        each = None
        for _ in range(20):
            items, over = (
                revised(items, edited(items, chance)),
                revised(over, edited(over, chance) if chance.random() < 0.3 else over),
            )
            laid = overlaid(laid, items, over)
            assert list(laid.table.items()) == list({**items, **over}.items())
            few = sparse(few, items, some)
            assert list(few.table.items()) == [(key, some(item)) for key, item in items.items() if item > 0]
            chosen = picked(chosen, items, order := sorted(items))
            assert list(chosen.table.items()) == [(key, items[key]) for key in order]
            each = derived(each, items, pairs)
            every = gathered(every, each.table)
            assert every.table == gathered(None, {key: pairs(item) for key, item in items.items()}).table


def test_names_are_the_same_tuple_until_one_comes_or_goes() -> None:
    past = Patches()
    first = past.names("a", {"x": 1, "y": 2})
    assert past.names("a", {"x": 3, "y": 2}) is first
    assert past.names("a", {"y": 2, "x": 3}) == ("y", "x")


# ---------------------------------------------------------------- files in pieces


def lines_of(items: Mapping[str, int], one: str) -> tuple[str, ...]:
    return tuple(f"{one} {n} ü\n" for n in range(abs(items[one]) + 1))


@pytest.mark.parametrize("between", ["", ",\n"])
@tries(40, 1000)
def test_a_file_in_pieces_is_all_of_its_lines(between: str, times: int) -> None:
    for seed in range(times):
        chance = random.Random(seed)
        items: dict[str, int] = {f"k{n}": n % 5 for n in range(30)}
        held: Blocks | None = None
        for _ in range(15):
            before, items = items, edited(items, chance)
            touched = {key for key in {*before, *items} if before.get(key) != items.get(key)}
            held = blocks_of(held, list(items), touched if held else None, partial(lines_of, items), between)
            whole = between.join(line for one in items for line in lines_of(items, one))
            assert Joined(Pieces(held.pieces)).read().decode() == whole
            assert held.lines == sum(abs(number) + 1 for number in items.values())


def test_a_change_makes_one_block_again() -> None:
    ids = [f"id-{n}" for n in range(2000)]
    first = blocks_of(None, ids, None, lambda one: (one,))
    after = blocks_of(first, ids, {"id-700"}, lambda one: (one.upper(),))
    other = [n for n, (one, two) in enumerate(zip(first.blocks, after.blocks, strict=True)) if one is not two]
    assert other == [first.place["id-700"]]
    more = [*ids[:900], "one-more", *ids[900:]]
    assert sum(block not in first.blocks for block in blocks_of(first, more, {"one-more"}, lambda one: (one,)).blocks) <= 2


def test_joined_contents_are_equal_if_their_bytes_are() -> None:
    one, same, cut, other = (
        Joined(Pieces(tuple(map(piece, some)))) for some in (["ab", "c"], ["ab", "c"], ["a", "bc"], ["ab", "d"])
    )
    assert one == same == cut == Content(b"abc")
    assert one.digest == Content(b"abc").digest
    assert one not in (other, Content(b"abd"))
    assert (one.size, hash(one)) == (3, hash(cut))


# ---------------------------------------------------------------- findings


def finding(item: int, key: str) -> tuple[Diagnostic, ...]:
    """Some for each number, the same ones for different keys among them."""
    span = Span("a.yaml", abs(item) + 1, 1, 1, 1)
    notes = (Note("seen", span), Note("said")) if item % 2 else ()
    one = Diagnostic("code", "warning" if item > 1 else "info", f"found {item % 3}", span, notes)
    return (one, one)[: item % 3] if item else (Diagnostic("zero", "info", key, span),)


@tries(60, 2000)
def test_findings_kept_in_order_are_those_sorted_anew(times: int) -> None:
    for seed in range(times):
        chance = random.Random(seed)
        numbers = Revised[str, int]({f"k{n}": n % 4 for n in range(30)})
        each = None
        held: Findings | None = None
        for _ in range(20):
            numbers = revised(numbers, edited(numbers, chance))
            each = derived(each, Revised({key: (item, key) for key, item in numbers.items()}), lambda pair: finding(*pair))
            first = finding(chance.randrange(3), "first")
            held = in_order(held, ({"": first}, each.table))
            assert held.once == canonical_order((*first, *(one for found in each.table.values() for one in found)))
            more = finding(chance.randrange(-3, 4), "more")
            assert with_more(held.once, more) == canonical_order((*held.once, *more))


# ---------------------------------------------------------------- the search


WORDS = [f"{a}{b}{c}" for a in "abt" for b in "aeiou" for c in "lmnr"]


def found(n: int, chance: random.Random) -> Found:
    texts = [" ".join(chance.choices(WORDS, k=chance.randrange(200))) for _ in range(chance.randrange(5))]
    held = handfuls(Entry(f"e{k}", "fact", "", "", text) for k, text in enumerate(texts))
    name = f"{chance.choice(WORDS)} {n}"
    return Found(f"actors/a{n}.html", "person", name, "", "", "--", (), (), (), ("2020",), held)


def told(files: Any) -> dict[str, object]:
    return {shard.name: shard.data for shard in files.all()}


@tries(6, 200)
def test_an_index_that_is_patched_is_the_one_made_anew(times: int) -> None:
    for seed in range(times):
        chance = random.Random(seed)
        pages = {n: found(n, chance) for n in range(60)}
        index, files = index_of(pages.values(), EMPTY), NONE
        for _ in range(12):
            files = files_of(index, files)
            anew = files_of(index_of(pages.values()))
            assert told(files) == told(anew)
            assert list(told(files)) == list(told(anew))
            other = chance.sample(sorted(pages), 2)
            pages |= {n: found(n, chance) for n in other}
            if chance.random() < 0.3:
                del pages[other[0]]
            after = index_after(index, [pages[n] for n in other if n in pages]) if len(pages) == len(index.pages) else None
            index = after or index_of(pages.values(), index)


# ---------------------------------------------------------------- what is on the disk


def test_a_look_at_some_files_is_the_look_at_all_or_none(tmp_path: Path) -> None:
    (tmp_path / "content/actors").mkdir(parents=True)
    theme, content = tmp_path / "theme", tmp_path / "content"
    theme.mkdir()
    (theme / "a.html").write_text("x")
    names = ["site.yaml", "actors/a.yaml", "actors/b.yaml"]
    for name in names:
        (content / name).write_text(name)
    taken = Taken()
    assert take_some(tmp_path, taken, [str(content / "site.yaml")]) is None, "nothing was taken yet"
    before = take(tmp_path, theme, "", taken)

    def looked(*changed: Path) -> bool:
        held = take_some(tmp_path, taken, [str(one) for one in changed])
        assert held is None or held == take(tmp_path, theme)
        return held is not None

    assert looked(content / "site.yaml")
    assert take_some(tmp_path, taken, [str(content / "site.yaml")]) == before
    (content / "actors/a.yaml").write_text("other")
    assert looked(content / "actors/a.yaml", content / "actors/.a.yaml.swp", content / "actors/4913")
    (content / "actors/a.yaml~").write_text("kept by a text editor")
    assert looked(content / "actors/a.yaml~", content / "actors/b.yaml")
    for changed in (theme / "a.html", content / "actors", content):
        assert not looked(changed)
    (content / "actors/c.yaml").write_text("new")
    assert not looked(content / "actors/c.yaml")
    (content / "actors/b.yaml").unlink()
    assert not looked(content / "actors/b.yaml")
    (content / "actors/b.yaml").symlink_to(content / "site.yaml")
    assert not looked(content / "actors/b.yaml")
