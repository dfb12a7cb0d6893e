"""Quotation matching, piece by piece: what `tests/mutants.py` breaks in text.py, quotations.py and folding.py fails here."""

from __future__ import annotations

import hashlib

import pytest

from briefgen import folding, text
from briefgen.finding import Haystack
from briefgen.link.quotations import Memory, Place, Sheet, citable, cut, passage, places, skip_fault
from briefgen.model import Passage, Unit

# ---------------------------------------------------------------- the folded view


@pytest.mark.parametrize("mark", "‘’‚‛´`ʼʹ′＇")
def test_every_single_mark_is_one(mark: str) -> None:
    assert tuple(text.fold(f"a{mark}b")) == ("a'b", ())


@pytest.mark.parametrize("mark", "“”„‟«»″＂")
def test_every_double_mark_is_one(mark: str) -> None:
    assert text.fold(f"a{mark}b") == ('a"b', ())


@pytest.mark.parametrize("dash", "‐‑‒–—―−﹣－")
def test_every_dash_is_one(dash: str) -> None:
    assert text.fold(f"a{dash}b") == ("a-b", ())


@pytest.mark.parametrize("space", ["  ", "\t", "\n", "\u00a0", "\u2009", "\u3000", " \n ", "\r\n"])
def test_every_white_space_is_one_with_the_way_back(space: str) -> None:
    view = text.fold(f"ab{space}cd")
    assert view.text == "ab cd"
    wide = len(space)
    assert view.origin == (0, 1, 2, 2 + wide, 3 + wide, 4 + wide)
    assert view.source(0, 2) == (0, 2)
    assert view.source(3, 5) == (2 + wide, 4 + wide)


def test_a_text_as_it_is_needs_no_way_back() -> None:
    view = text.fold("one space")
    assert (*view,) == ("one space", ())
    assert view.source(2, 5) == (2, 5)
    assert view.folded(4) == 4


def test_the_way_back_of_letters_that_are_composed() -> None:
    view = text.fold("xe\u0301y")  # x, e with an acute, y
    assert (*view,) == ("xéy", (0, 1, 3, 4))
    assert view.source(1, 2) == (1, 3)
    assert (view.folded(0), view.folded(1), view.folded(2), view.folded(3), view.folded(4)) == (0, 1, 2, 2, 3)
    assert text.fold("e\u0301’  s") == ("é' s", (0, 2, 3, 5, 6))


def test_letters_of_hangul_compose_as_well() -> None:
    view = text.fold("a\u1100\u1161\u11a8b")
    assert (*view,) == ("a각b", (0, 1, 4, 5))
    # The first and last of the letters that join, and marks of both kinds.
    for joined in ("\u1160", "\u11ff", "\u0301", "\u0903"):
        assert [piece for _, piece in text._clusters(f"a{joined}b")] == [f"a{joined}", "b"]
    for apart in ("\u115e", "\u1200", "b"):
        assert [piece for _, piece in text._clusters(f"a{apart}")] == ["a", apart]
    assert list(text._clusters("")) == []


def test_a_mark_that_combines_by_its_class_alone_stays_with_its_letter() -> None:
    # Musical symbols combine by class and are no marks of the categories Mn or Mc in every case; U+0323 is below (class 220).
    assert text.fold("s\u0323\u0307x") == ("ṩx", (0, 3, 4))


def test_white_space_at_the_ends_goes() -> None:
    assert text.folded("  a\u00a0 b\n") == "a b"


# ---------------------------------------------------------------- word edges


@pytest.mark.parametrize(
    ("whole", "start", "end", "is_it"),
    [
        ("abc", 0, 3, True),
        ("abc", 0, 2, False),
        ("abc", 1, 3, False),
        ("a b", 2, 3, True),
        ("a-b", 0, 1, True),
        ("a-b", 1, 3, True),  # its own first character is no letter: nothing can be cut there
        ("-ab", 1, 3, True),
        ("ab-", 0, 2, True),
        ("ab-", 0, 3, True),
        ("a1", 0, 1, False),
        ("a\u0301", 0, 1, False),
        ("x.y", 1, 2, True),
        ("_a", 1, 2, True),
        ("a½", 0, 1, False),
    ],
)
def test_word_edges(whole: str, start: int, end: int, is_it: bool) -> None:
    assert text.is_whole(whole, start, end) is is_it


def test_letters_digits_and_marks_make_words() -> None:
    assert all(map(text.is_word_char, ["a", "é", "ي", "7", "٣", "\u0301", "½", "Ⅳ", "\u0903", "\u20dd"]))
    assert not any(map(text.is_word_char, [" ", "-", "_", "'", "+", "$", "\u200d"]))


def test_all_places_within_bounds() -> None:
    assert list(text.find_whole("aa aa aa", "aa")) == [0, 3, 6]
    assert list(text.find_whole("aa aa aa", "aa", 1)) == [3, 6]
    assert list(text.find_whole("aa aa aa", "aa", 3, 5)) == [3]
    assert list(text.find_whole("aa aa aa", "aa", 3, 4)) == []
    assert list(text.find_whole("- - -", "- -")) == [0, 2]  # overlapping
    assert list(text.find_whole("---", "--")) == [0, 1]
    assert list(text.find_whole("abc", "d")) == []
    assert list(text.find_whole("abc", "")) == []
    assert list(text.find_whole("aXa a", "a")) == [4]
    assert list(text.find_whole("a b", "b", 0, 0)) == []


# ---------------------------------------------------------------- sentences


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ("", []),
        ("One. Two", ["One.", "Two"]),
        ("One.Two", ["One.Two"]),
        ("One! Two? Three؟ Four。 Five", ["One!", "Two?", "Three؟", "Four。", "Five"]),
        ("One... Two", ["One...", "Two"]),
        ("By a... Then", ["By a...", "Then"]),
        ('He said "no." Then', ['He said "no."', "Then"]),
        ("So (he said.) Then", ["So (he said.)", "Then"]),
        ("One. two. Three", ["One. two.", "Three"]),
        ("One. 2 came", ["One.", "2 came"]),
        ("One. “Two", ["One.", "“Two"]),
        ("One. (Two", ["One.", "(Two"]),
        ("One. ǅ", ["One.", "ǅ"]),  # a title letter
        ("One. –Two", ["One. –Two"]),
        ("By the U.S. Army", ["By the U.S. Army"]),
        ("By J. Smith", ["By J. Smith"]),
        ("J. Smith met", ["J. Smith met"]),
        ("AB. Then", ["AB.", "Then"]),
        ("By (J.) Smith", ["By (J.) Smith"]),
        ("By J.” Smith", ["By J.” Smith"]),
        ("In 5. Then", ["In 5.", "Then"]),
        ("It is AB. Then", ["It is AB.", "Then"]),
        ("A_b. Then", ["A_b. Then"]),
        ("انتهى. بدأ", ["انتهى.", "بدأ"]),
        ("One.   Two.\n Three", ["One.", "Two.", "Three"]),
        ("One. ", ["One. "]),
    ],
)
def test_sentences(whole: str, parts: list[str]) -> None:
    assert [whole[slice(*place)] for place in text.sentences(whole)] == parts


@pytest.mark.parametrize("closer", "\"'”’»)]}›")
def test_what_closes_belongs_to_the_sentence(closer: str) -> None:
    whole = f"It ends.{closer} Then"
    assert [whole[slice(*place)] for place in text.sentences(whole)] == [f"It ends.{closer}", "Then"]
    assert len(text.sentences(f"By J.{closer} Smith")) == 1


@pytest.mark.parametrize("opener", "\"'“‘«„‚([{‹")
def test_what_opens_begins_a_sentence(opener: str) -> None:
    assert len(text.sentences(f"It ends. {opener}then")) == 2


def test_the_sentence_around() -> None:
    whole = "One is. Two is. Three is."
    assert text.sentence_at(whole, 0, 3) == (0, 7)
    assert text.sentence_at(whole, 8, 11) == (8, 15)
    assert text.sentence_at(whole, 6, 9) == (0, 15)
    assert text.sentence_at(whole, 7, 8) == (7, 8)  # between two: in none
    assert text.sentence_at(whole, 6, 7) == (0, 7)
    assert text.sentence_at(whole, 0, 8) == (0, 7)
    assert text.sentence_at(whole, 3, 3) == (0, 7)
    assert text.sentence_at(whole, 8, 8) == (8, 15)
    assert text.sentence_at("", 0, 0) == (0, 0)


def test_words_are_counted_by_white_space() -> None:
    assert [text.word_count(t) for t in ("", "a", " a  b\nc ")] == [0, 1, 3]


def test_only_a_whole_the_in_front_goes() -> None:
    names = ["the  LNA", "THE LNA", "the", "them all", "of the LNA", "The "]
    assert [text.without_the(name) for name in names] == ["LNA", "LNA", "the", "them all", "of the LNA", ""]


# ---------------------------------------------------------------- quotations


def sheet_of(*units: str | tuple[str, str]) -> Sheet:
    made = tuple(Unit(u, "body") if isinstance(u, str) else Unit(u[1], u[0]) for u in units)  # type: ignore[arg-type]  # roles
    folds = tuple(text.fold(u.text) for u in made)
    return Sheet("a", made, folds, Haystack([view.text for view in folds]), Memory())


def stretches(sheet: Sheet, words: str) -> list[tuple[int, tuple[str, ...]]]:
    return [(p.unit, tuple(sheet.folds[p.unit].text[a:b] for a, b in p.parts)) for p in places(sheet, words)]


def starts(sheet: Sheet, words: str) -> list[tuple[int, int, int]]:
    return [(p.unit, p.start, p.end) for p in places(sheet, words)]


@pytest.mark.parametrize("skip", [" ... ", "...", " … ", "…", " ....... ", "\n...\n"])
def test_a_skip_is_three_points_or_more_or_their_sign(skip: str) -> None:
    assert cut(f"one two{skip}three four") == ("one two", "three four")


def test_two_points_are_no_skip() -> None:
    assert cut("one .. two") == ("one .. two",)


def test_on_each_side_of_a_skip_stand_two_words() -> None:
    assert skip_fault("one") == ""
    assert skip_fault("one two ... three four") == ""
    for words in ("one ... two three", "one two ... three", "... two three", "a b ... c ... d e"):
        assert skip_fault(words).startswith("On each side of `...`")


def test_every_place_is_found_in_the_order_of_the_text() -> None:
    sheet = sheet_of("the LNA met the LNA", "no", ("headline", "the LNA"))
    assert starts(sheet, "the LNA") == [(0, 0, 7), (0, 12, 19), (2, 0, 7)]
    assert starts(sheet, "the LN") == []
    assert starts(sheet, "The LNA") == []


def test_a_skip_stays_within_its_sentence() -> None:
    sheet = sheet_of("He met her there. He left her now.")
    assert stretches(sheet, "He met ... her there") == [(0, ("He met", "her there"))]
    assert starts(sheet, "He met ... her there") == [(0, 0, 16)]
    assert stretches(sheet, "He met ... her now") == []
    assert stretches(sheet, "He left ... her now") == [(0, ("He left", "her now"))]
    assert stretches(sheet, "her there ... He met") == []


def test_a_skip_takes_the_nearest_place_behind() -> None:
    sheet = sheet_of("He said so then and so then and so now")
    assert starts(sheet, "He said ... so then") == [(0, 0, 15)]
    assert starts(sheet, "He said ... so then ... so then") == [(0, 0, 27)]
    assert starts(sheet, "so then ... so then ... so then") == []
    assert starts(sheet, "and so ... so now") == [(0, 16, 38)]


def test_parts_never_overlap_and_never_leave_the_sentence_at_its_start_or_end() -> None:
    assert starts(sheet_of("one two two three"), "one two ... two three") == [(0, 0, 17)]
    assert starts(sheet_of("one two three"), "one two ... two three") == []
    # The first part itself may not reach over the end of its sentence.
    over = sheet_of("It is so. Then it is gone. Now")
    assert starts(over, "so. Then ... is gone") == []
    assert starts(over, "is so. ... Then it") == []
    assert starts(over, "Then it ... is gone.") == [(0, 10, 26)]


def test_a_sentence_begins_at_its_first_character() -> None:
    assert starts(sheet_of("It is so. He was in it"), "He was ... in it") == [(0, 10, 22)]
    assert starts(sheet_of("He was so in it"), "He was ... in it") == [(0, 0, 15)]


def test_white_space_between_sentences_is_in_none_so_the_whole_unit_counts() -> None:
    assert starts(sheet_of("It is. - so it goes. Then"), "- so ... it goes.") == [(0, 7, 20)]


def test_the_body_counts_before_the_headline_and_this_before_furniture() -> None:
    words = "the LNA"
    everywhere = sheet_of(("headline", words), ("furniture", words), words)
    assert [p.unit for p in citable(everywhere, places(everywhere, words))] == [2]
    without = sheet_of(("furniture", words), ("headline", words))
    assert [p.unit for p in citable(without, places(without, words))] == [1]
    last = sheet_of(("furniture", words))
    assert [p.unit for p in citable(last, places(last, words))] == [0]
    assert citable(last, ()) == ()


def anchor(words: str, before: int) -> str:
    return "q-" + hashlib.sha256(f"{words}\0{before}".encode()).hexdigest()[:8]


def test_a_passage_is_in_the_source_s_own_characters() -> None:
    sheet = sheet_of("So. He  said  “no way” to it. End")
    (place,) = places(sheet, 'He said ... "no way" to')
    assert passage(sheet, place, 3) == Passage("a", 0, ((4, 12), (14, 25)), (4, 29), 3, anchor('He said ... "no way" to', 0))


def test_words_over_the_end_of_a_sentence_have_both() -> None:
    sheet = sheet_of("So it is. They met. Then they left. End")
    (place,) = places(sheet, "met. Then they")
    assert passage(sheet, place, 1).sentence == (10, 35)


@pytest.mark.parametrize(
    ("units", "recurs"),
    [
        (("The LNA met",), False),
        (("The LNA met the lna",), True),
        (("The LNA met", "slnas"), True),  # as a browser looks: capitals and word edges aside
        (("The LNA met", "no more of it"), False),
    ],
)
def test_whether_a_browser_may_find_others_first(units: tuple[str, ...], recurs: bool) -> None:
    sheet = sheet_of(*units)
    assert passage(sheet, places(sheet, "LNA")[0], 1).recurs is recurs
    assert passage(sheet, places(sheet, "LNA met")[0], 1).recurs is False
    (skipping,) = places(sheet_of("The LNA met so it met again"), "The LNA ... met again")
    assert passage(sheet_of("The LNA met so it met again"), skipping, 1).recurs is False


def test_an_anchor_counts_the_places_before() -> None:
    sheet = sheet_of("the LNA and the LNA", "now the LNA")
    found = places(sheet, "the LNA")
    assert [passage(sheet, p, 1).anchor for p in found] == [anchor("the LNA", n) for n in range(3)]
    assert passage(sheet, Place(1, ((4, 11),)), 1).parts == ((4, 11),)


# ---------------------------------------------------------------- one form for the search


@pytest.mark.parametrize(("letter", "form"), sorted(folding.LETTERS.items()))
def test_every_letter_of_the_table(letter: str, form: str) -> None:
    assert folding.fold(letter) == form
    assert folding.fold(f"x{letter}x") == f"x{form}x"


def test_the_table_as_it_is() -> None:
    # Written out here once more, because search.js has the same and a reader's old links rest on it.
    table = "ß ss æ ae œ oe ø o đ d ð d þ th ł l ħ h ı i ς σ ٱ ا ة ه ى ي ی ي ې ي ے ي ک ك ہ ه ھ ه ە ه ۃ ه"
    plain = table.split(" ")
    wanted = dict(zip(plain[::2], plain[1::2], strict=True))
    wanted |= dict.fromkeys("ʿʾـء", "") | dict.fromkeys("'‘’‛ʼʹʻ′´`＇", "'") | dict.fromkeys("-‐‑‒–—−﹣－", "-") | {".": "."}
    for zero in "٠۰०":
        wanted |= {chr(ord(zero) + n): str(n) for n in range(10)}
    assert wanted == folding.LETTERS


@pytest.mark.parametrize(
    ("given", "form"),
    [
        ("ÀÉÎ", "aei"),
        ("İ", "i"),
        ("ﬁ", "fi"),
        ("½", "1 2"),
        ("²", "2"),
        ("كِتَاب", "كتاب"),
        ("a\u200db", "ab"),
        ("a_b+c", "a b c"),
        ("中a", " 中 a"),
        ("ㅎ", "ᄒ"),
        ("Ǆ", "dz"),
        ("℡№", "telno"),
        ("e\u20dd", "e"),
        ("e\u0903", "e"),
        ("ẞ", "ss"),
        ("ａ", "a"),
    ],
)
def test_folding_a_letter(given: str, form: str) -> None:
    assert folding.fold(given) == form


@pytest.mark.parametrize(
    "sign",
    "⺀⼀⿕々〆〇ぁヿ㐀䶿一鿿豈\ufaff\U00020000\U0002a6d6\U0002f800\U0002fa1f",
)
def test_signs_of_scripts_without_spaces_are_words_each(sign: str) -> None:
    assert folding.fold(f"a{sign}").startswith("a ")
    assert folding.fold(f"{sign}a").endswith(" a")


@pytest.mark.parametrize("beside", "\u2e7f々〈\u3040㄀㏿\ua000\ufb00")
def test_what_stands_beside_them_divides_nothing_by_being_a_sign(beside: str) -> None:
    assert folding._sign().match(beside) is None or beside == "々"


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("", []),
        ("one two", [("one",), ("two",)]),
        ("al-Sarraj", [("sarraj", "alsarraj", "elsarraj")]),
        ("al-Mirage.News", [("mirage", "almirage", "elmirage"), ("news",)]),
        ("el Sarraj", [("sarraj", "alsarraj", "elsarraj")]),
        ("al Sarraj", [("sarraj", "alsarraj", "elsarraj")]),
        ("as-Sarraj", [("sarraj", "alsarraj", "elsarraj")]),
        ("ash-Shams", [("shams", "alshams", "elshams")]),
        ("ad-Dar", [("dar", "aldar", "eldar")]),
        ("adh-Dhahab", [("dhahab", "aldhahab", "eldhahab")]),
        ("an-Nasr", [("nasr", "alnasr", "elnasr")]),
        ("ar-Rajma", [("rajma", "alrajma", "elrajma")]),
        ("at-Tabu", [("tabu", "altabu", "eltabu")]),
        ("ath-Thani", [("thani", "althani", "elthani")]),
        ("az-Zawiya", [("zawiya", "alzawiya", "elzawiya")]),
        ("as-Tarraj", [("as",), ("tarraj",)]),
        ("as Sarraj", [("as",), ("sarraj",)]),
        ("al", [("al",)]),
        ("U.S. army", [("us",), ("army",)]),
        ("U.S.A", [("usa",)]),
        ("Mirage.News", [("mirage",), ("news",)]),
        ("a.bc", [("a",), ("bc",)]),
        ("3.5", [("3",), ("5",)]),
        ("a.5", [("a",), ("5",)]),
        ("5+5", [("5",), ("5",)]),
        ("Haftar's", [("haftar",)]),
        ("it's", [("it",)]),
        ("s's", [("s",)]),
        ("'s", [("s",)]),
        ("d'affaires", [("daffaires", "affaires")]),
        ("al-d'affaires", [("daffaires", "affaires", "aldaffaires", "eldaffaires")]),
        ("O'Neil's", [("oneil", "neil")]),
        ("o'ned", [("oned",)]),
        ("rock'n'roll", [("rocknroll", "roll")]),
        ("UN-led", [("un",), ("led",)]),
        ("and. Then", [("and",), ("then",)]),
    ],
)
def test_the_words_of_a_text(given: str, found: list[tuple[str, ...]]) -> None:
    assert folding.words(given) == found
    assert folding.terms(given) == {term for word in found for term in word}


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("كتاب", ("كتاب", "تاب")),
        ("وكتاب", ("وكتاب", "كتاب", "تاب")),
        ("فكتاب", ("فكتاب", "كتاب", "تاب")),
        ("والكتاب", ("والكتاب", "الكتاب", "كتاب")),
        ("بالكتاب", ("بالكتاب", "الكتاب", "كتاب")),
        ("لكتاب", ("لكتاب", "كتاب")),
        ("للكتاب", ("للكتاب", "كتاب")),
        ("وللكتاب", ("وللكتاب", "للكتاب", "كتاب")),
        ("الجيش", ("الجيش", "جيش")),
        ("وزن", ("وزن",)),
        ("وزير", ("وزير", "زير")),
        ("فقط", ("فقط",)),
        ("بلد", ("بلد",)),
        ("باكو", ("باكو", "اكو")),
        ("كلب", ("كلب",)),
        ("لبن", ("لبن",)),
        ("للا", ("للا",)),
        ("لللا", ("لللا", "لا")),
        ("الا", ("الا",)),
        ("الاب", ("الاب", "اب")),
        ("تكتب", ("تكتب",)),
    ],
)
def test_arabic_particles_are_set_aside_while_enough_is_left(given: str, found: tuple[str, ...]) -> None:
    assert folding.words(given) == [found]


def test_long_words_count_by_their_first_letters() -> None:
    assert folding.LONGEST == 32
    (word,) = folding.words(f"al-{'x' * 40}")
    assert word == ("x" * 32, "al" + "x" * 30, "el" + "x" * 30)
    assert folding.words(f"o'{'y' * 40}") == [("o" + "y" * 31, "y" * 32)]
