"""Marks out of files of annotations: our own, others', and what is none."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.annotations.anchoring import anchor, anchor_each
from reader.annotations.anchors import Anchor, State
from reader.annotations.marks import Color, Mark, MarkKind, selector_of
from reader.annotations.selectors import Selector
from reader.annotations.w3c.shapes import LARGEST, utc, without_html
from reader.copies.copy import Copy
from reader.copies.layer_writing import layer_bytes
from reader.copies.layers import layer_of
from reader.exchange import importing
from reader.exchange.errors import ExchangeError
from reader.exchange.importing import Import, Outcome, import_marks
from reader.exchange.readium import annotation_set_of
from reader.exchange.web_annotations import jsonld_of

Take = Callable[..., Import]

LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=8),
    st.sampled_from(
        ["Annotation", "AnnotationPage", "TextQuoteSelector", "TextPositionSelector",
         "TextualBody", "tagging", "replying", "slack water", "\ud800", "\0", "#ff0000",
         "0001-01-01T00:00:00+23:59", "urn:uuid:0b0e1f7a-6d0c-4f0e-9a51-3f1d2f9d7c11#why"]
    ),
)  # fmt: skip
KEYS = st.sampled_from(
    ["type", "id", "@id", "items", "first", "next", "rows", "uri", "text", "target", "selector",
     "exact", "prefix", "start", "end", "body", "value", "purpose", "tags", "tag", "color",
     "styleClass", "creator", "name", "created", "references", "user", "user_info", "motivation",
     "refinedBy", "about", "dc:identifier", "source", "export_userid", "bodyValue", "format"]
)  # fmt: skip
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=6)),
    max_leaves=25,
)


@pytest.fixture(scope="module")
def take(copy: Copy) -> Take:
    """Imports what becomes JSON into the copy."""

    def take(value: Any, *known: Mark, source: str = "https://example.org/harbour") -> Import:
        data = value if isinstance(value, bytes) else json.dumps(value).encode()
        string = copy.text.string
        return import_marks(data, "a.json", copy.manifest.id, string, known, source=source)

    return take


def annotation(exact: str = "tide rises", **fields: Any) -> dict[str, Any]:
    target = {"source": "https://example.org/x", "selector": quote(exact)}
    return {"type": "Annotation", "id": "https://example.org/1", "target": target} | fields


def quote(exact: str, prefix: str = "", suffix: str = "") -> dict[str, Any]:
    selector = {"type": "TextQuoteSelector", "exact": exact}
    return (
        selector | ({"prefix": prefix} if prefix else {}) | ({"suffix": suffix} if suffix else {})
    )


@pytest.fixture
def marks(mark: Any) -> list[Mark]:
    return [
        mark("harbour lies", 1, color=Color.BLUE, underline=True),
        mark("tide rises", 2, note="Is *this* so?", tags=("essay", "to do"), creator="Ms Smith"),
        mark("slack water", 3, kind=MarkKind.ANSWER, note="Less current.", answers="why"),
        mark("before it falls.\nThe pilot", 4, color=Color.PURPLE),
        mark("outer buoy", 5, kind=MarkKind.BOOKMARK, color=Color.PINK),
    ]


class TestOurOwn:
    def test_json_ld_comes_back_as_it_went_out(
        self, take: Take, marks: list[Mark], notebook: Any
    ) -> None:
        brought = take(jsonld_of(notebook(*marks)).encode())
        assert list(brought.marks) == marks
        assert brought.counts()[Outcome.EXACT] == len(marks)

    def test_an_annotation_set_comes_back_but_for_its_questions(
        self, take: Take, marks: list[Mark], notebook: Any
    ) -> None:
        brought = take(annotation_set_of(notebook(*marks)).encode())
        kept = [
            replace(each, kind=MarkKind.NOTE, answers="") if each.answers else each
            for each in marks
        ]
        assert list(brought.marks) == kept

    @pytest.mark.parametrize("written", [jsonld_of, annotation_set_of])
    def test_importing_twice_adds_nothing(
        self, written: Any, take: Take, marks: list[Mark], notebook: Any
    ) -> None:
        data = written(notebook(*marks)).encode()
        first = take(data)
        second = take(data, *first.marks)
        assert second.marks == ()
        assert second.newer == ()
        assert second.counts()[Outcome.KNOWN] == len(marks)

    def test_a_mark_that_is_here_in_an_older_state_is_told_and_not_touched(
        self, take: Take, mark: Any, notebook: Any
    ) -> None:
        mine = mark("tide rises", note="Mine.")
        theirs = replace(mine, note="Theirs.", modified="2025-12-31T00:00:00Z")
        brought = take(jsonld_of(notebook(theirs)).encode(), mine)
        assert brought.marks == ()
        assert brought.newer == ()
        assert brought.rows[0].outcome is Outcome.KNOWN

    def test_somebody_elses_mark_is_renewed_when_they_have_changed_it(
        self, take: Take, mark: Any, notebook: Any
    ) -> None:
        before = replace(mark("tide rises", note="First."), creator="Anna")
        after = replace(before, note="Second.", modified="2025-12-31T00:00:00Z")
        other = replace(after, creator="Ben")
        data = layer_bytes(layer_of("Anna", "Anna", [after]), "urn:uuid:any")
        brought = take(data, before)
        assert (brought.marks, brought.newer) == ((), (after,))
        assert brought.rows[0].outcome is Outcome.RENEWED
        assert take(data, other).newer == ()

    def test_marks_find_their_places_in_another_edition(
        self, marks: list[Mark], notebook: Any, make_copy: Any, copy: Copy
    ) -> None:
        string = "A new first paragraph.\n" + copy.text.string.replace("slack water", "the turn")
        brought = import_marks(jsonld_of(notebook(*marks)).encode(), "a", copy.manifest.id, string)
        outcomes = [row.outcome for row in brought.rows]
        assert outcomes[:2] == [Outcome.MOVED, Outcome.MOVED]
        assert outcomes[2] in (Outcome.ORPHANED, Outcome.DOUBTFUL)
        moved = brought.marks[1].selector
        assert string[moved.start : moved.end] == "tide rises"
        assert anchor(string, moved).state is State.EXACT
        # What is not found is kept as it was made.
        assert brought.marks[2].selector.exact == "slack water"


class TestW3C:
    def test_what_the_model_leaves_open_is_read_in_all_its_forms(self, take: Take) -> None:
        brought = take(
            {
                "@context": ["http://www.w3.org/ns/anno.jsonld", "x"],
                "type": ["AnnotationCollection"],
                "first": {
                    "type": "AnnotationPage",
                    "items": [
                        annotation(
                            type=["Annotation", "x"],
                            motivation=["commenting", "tagging"],
                            body=[
                                "https://example.org/body",
                                {"type": "TextualBody", "value": "<p>One &amp;</p><p>two</p>"
                                 "<script>x</script>", "format": "text/html"},
                                {"value": "essay", "purpose": ["tagging"]},
                                {"type": "Image", "id": "https://example.org/i.png"},
                            ],
                            creator=["https://example.org/me", {"name": "x"}],
                            created="2025-03-04T06:06:07.123+01:00",
                        )
                    ],
                    "next": {
                        "type": "AnnotationPage",
                        "items": annotation("deep draught", id="2", bodyValue="Plain."),
                    },
                },
            }
        )  # fmt: skip
        first, second = brought.marks
        assert first.note == (
            "https://example.org/body\n\nOne &\n\ntwo\n\nhttps://example.org/i.png"
        )
        assert first.tags == ("essay",)
        assert first.creator == "https://example.org/me"
        assert first.created == first.modified == "2025-03-04T05:06:07Z"
        assert second.note == "Plain."
        assert second.kind is MarkKind.NOTE

    def test_ids_are_kept_or_made_of_what_is_there(self, take: Take) -> None:
        kept = "URN:UUID:00000000-0000-4000-8000-00000000000A"
        items = [
            annotation(id=kept),
            annotation(id="https://example.org/2"),
            annotation(id=None),
            annotation(id=7, body={"value": "other"}),
        ]
        ids = [mark.id for mark in take(items).marks]
        assert ids[0] == kept.lower()
        assert len(set(ids)) == 4
        assert [mark.id for mark in take(list(reversed(items))).marks] == ids[::-1]
        assert all(each.startswith("urn:uuid:") for each in ids)

    def test_two_annotations_of_one_id_are_two_marks_and_one_twice_is_one(self, take: Take) -> None:
        brought = take([annotation(), annotation(bodyValue="x"), annotation()])
        assert len(brought.marks) == 2
        assert brought.rows[2].why == "stands in the file twice"

    def test_a_position_counts_only_in_the_text_at_hand(self, take: Take, copy: Copy) -> None:
        string = copy.text.string
        second = string.index("Ships", string.index("Ships") + 5)
        position = {"type": "TextPositionSelector", "start": second, "end": second + 5}
        here = {"source": copy.manifest.id, "selector": [quote("Ships"), position]}
        [mark] = take([annotation(target=here)]).marks
        assert mark.selector.start == second
        [row] = take([annotation(target=here | {"source": "https://example.org/harbour"})]).rows
        assert row.outcome is Outcome.DOUBTFUL

    @pytest.mark.parametrize(
        ("color", "meant"),
        [("green", "green"), ("orange", "yellow"), ("#ff0000", "pink"), ("#0000FF", "blue"),
         ("#888888", "yellow"), ("#00ff00", "green"), ("#800080", "pink"), ("mauve", "yellow"),
         (7, "yellow")],
    )  # fmt: skip
    def test_a_colour_is_one_of_the_five(self, color: Any, meant: str, take: Take) -> None:
        body = {"type": "TextualBody", "value": "", "color": color, "highlight": "underline"}
        [mark] = take([annotation(body=body)]).marks
        assert mark.color == meant or (color == "#800080" and mark.color is Color.PURPLE)
        assert mark.underline

    def test_selectors_that_refine_others_are_read(self, take: Take) -> None:
        selector = {"type": "CssSelector", "value": "p", "refinedBy": quote("tide rises")}
        [mark] = take([annotation(target={"source": "x", "selector": selector})]).marks
        assert mark.selector.exact == "tide rises"


class TestReadium:
    def test_a_set_of_thoriums_is_read(self, take: Take) -> None:
        item = {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": "urn:uuid:11111111-1111-4111-8111-111111111111",
            "created": "2025-01-02T03:04:05.678Z",
            "type": "Annotation",
            "body": {"type": "TextualBody", "value": "j'adore", "format": "text/plain",
                     "color": "#ceeaf0", "tag": "cours", "tags": ["cours", "1ere"],
                     "highlight": "solid"},
            "creator": {"id": "urn:uuid:2", "type": "Person", "name": "Mme Prof"},
            "target": {
                "source": "OEBPS/chapter1.xhtml",
                "meta": {"headings": [{"level": 1, "txt": "Tides"}], "page": ""},
                "selector": [
                    {"type": "TextPositionSelector", "start": 3, "end": 13},
                    quote("tide rises", "The ", " twice"),
                    {"type": "FragmentSelector", "value": "epubcfi(/6/4!/4/2,/1:4,/1:14)",
                     "conformsTo": "http://www.idpf.org/epub/linking/cfi/epub-cfi.html"},
                ],
            },
        }  # fmt: skip
        bookmark = item | {
            "id": "urn:uuid:33333333-3333-4333-8333-333333333333",
            "motivation": "bookmarking",
        }
        about = {"dc:identifier": ["urn:thorium:x"], "dc:title": "Harbours"}
        brought = take({"type": "AnnotationSet", "about": about, "items": [item, bookmark]})
        first, second = brought.marks
        assert first.id == item["id"]
        assert (first.note, first.tags, first.creator) == ("j'adore", ("cours", "1ere"), "Mme Prof")
        assert first.color is Color.BLUE
        assert first.created == "2025-01-02T03:04:05Z"
        assert second.kind is MarkKind.BOOKMARK
        assert brought.counts()[Outcome.EXACT] == 2

    def test_a_whole_set_about_another_book_stays_out(self, take: Take) -> None:
        about = {"dc:identifier": ["urn:isbn:1"], "dc:title": "Another"}
        items = [annotation("words that stand nowhere", id=str(n)) for n in range(3)]
        brought = take({"type": "AnnotationSet", "about": about, "items": items})
        assert brought.marks == ()
        assert {row.why for row in brought.rows} == {"is about another text"}
        assert brought.elsewhere == (("urn:isbn:1", len(brought.rows)),)

    def test_what_is_gone_from_this_book_is_kept(self, take: Take) -> None:
        about = {"dc:title": "Harbours"}
        items = [annotation("words that stand nowhere", id="1"), annotation(id="2")]
        brought = take({"type": "AnnotationSet", "about": about, "items": items})
        assert [row.outcome for row in brought.rows] == [Outcome.ORPHANED, Outcome.EXACT]
        assert brought.marks[0].selector == Selector("words that stand nowhere")


def row(identifier: str, exact: str = "", **fields: Any) -> dict[str, Any]:
    """A row as Hypothesis' API gives it."""
    selectors: list[dict[str, Any]] = [
        {
            "type": "RangeSelector",
            "startContainer": "/div[1]/p[2]",
            "startOffset": 4,
            "endContainer": "/div[1]/p[2]",
            "endOffset": 14,
        },
        {"type": "TextPositionSelector", "start": 2104, "end": 2114},
        quote(exact),
    ]
    return {
        "id": identifier,
        "created": "2025-02-03T04:05:06.123456+00:00",
        "updated": "2025-02-04T04:05:06.123456+00:00",
        "user": "acct:jane@hypothes.is",
        "uri": "https://example.org/harbour",
        "text": "",
        "tags": [],
        "group": "__world__",
        "target": [{"source": "https://example.org/harbour", "selector": selectors}]
        if exact
        else [{"source": "https://example.org/harbour"}],
        "document": {"title": ["The Harbour"]},
        "links": {"html": f"https://hypothes.is/a/{identifier}"},
        "user_info": {"display_name": None},
    } | fields


class TestHypothesis:
    def test_rows_of_the_api_are_read(self, take: Take, copy: Copy) -> None:
        brought = take(
            {
                "total": 4,
                "rows": [
                    row("aaa", "tide rises", text="Is *this* so?", tags=["essay", "#x", 7]),
                    row("bbb", "deep draught", user_info={"display_name": "Jane D."}),
                    row("ccc", text="About all of it."),
                    row("ddd", "words that stand nowhere"),
                ],
            }
        )
        note, highlight, orphan = brought.marks
        assert (note.kind, note.note, note.tags) == (MarkKind.NOTE, "Is *this* so?", ("essay", "x"))
        assert note.created == "2025-02-03T04:05:06Z"
        assert note.modified == "2025-02-04T04:05:06Z"
        assert (note.creator, highlight.creator) == ("jane@hypothes.is", "Jane D.")
        start = copy.text.string.index("tide rises")
        assert note.selector == selector_of(copy.text.string, start, start + 10)
        assert orphan.selector.start is None
        assert [each.outcome for each in brought.rows] == [
            Outcome.EXACT, Outcome.EXACT, Outcome.SKIPPED, Outcome.ORPHANED,
        ]  # fmt: skip
        assert brought.rows[2].why == (
            "is about the page as a whole, and a mark belongs to a passage"
        )

    def test_the_clients_export_knows_what_is_ones_own(self, take: Take) -> None:
        brought = take(
            {
                "export_date": "2025-03-01T00:00:00Z",
                "export_userid": "acct:jane@hypothes.is",
                "client_version": "1.1500.0",
                "annotations": [
                    row("aaa", "tide rises", text="Mine."),
                    row("bbb", "deep draught", user="acct:joe@hypothes.is"),
                ],
            }
        )
        assert [mark.creator for mark in brought.marks] == ["", "joe@hypothes.is"]

    def test_replies_become_notes_where_the_thread_begins(self, take: Take) -> None:
        brought = take(
            [
                row("rrr", text="I disagree.", references=["aaa", "qqq"]),
                row("qqq", text="So do I.", references=["aaa"]),
                row("aaa", "tide rises", text="It does."),
                row("zzz", text="To nobody.", references=["gone"]),
                row("xxx", text="Round", references=["yyy"]),
                row("yyy", text="and round", references=["xxx"]),
            ]
        )
        assert [mark.selector.exact for mark in brought.marks] == ["tide rises"] * 3
        assert {each.why for each in brought.rows if each.outcome is Outcome.SKIPPED} == {
            "replies to an annotation that is not in the file"
        }

    def test_pages_of_other_addresses_stay_out(self, take: Take) -> None:
        other = "https://elsewhere.example/"
        brought = take([row("aaa", "tide rises"), row("bbb", "stands nowhere", uri=other)])
        assert len(brought.marks) == 1
        assert brought.rows[1].why == "is about another text"
        assert brought.elsewhere == ((other, 1),)

    def test_importing_twice_adds_nothing(self, take: Take) -> None:
        rows = [row("aaa", "tide rises"), row("bbb", "nowhere"), row("ccc", text="x")]
        assert take(rows, *take(rows).marks).marks == ()


class TestHostile:
    @pytest.mark.parametrize(
        ("data", "why"),
        [
            (b"", "line 1: this is not JSON"),
            (b'{"type": "Annotation",\n "x": oops}', "line 2: this is not JSON"),
            (b"[" * 1_000_000, "nested deeper"),
            (b'{"a":' * 50_000 + b"1" + b"}" * 50_000, "nested deeper"),
            (b'{"rows": [NaN]}', "a number that JSON does not know"),
            (b'{"rows": [-Infinity]}', "a number that JSON does not know"),
            (b"[" + b"9" * 5000 + b"]", "too many digits"),
            (bytes(range(256)), "is not UTF-8"),
            (b" " * (LARGEST + 1), "32 MB is the most"),
            (b"17", "has no annotations that can be read"),
            (b"{}", "has no annotations that can be read"),
            (b'{"type": {}, "rows": 3}', "has no annotations that can be read"),
            (b'{"type": "AnnotationCollection", "first": "x"}', "only says where"),
        ],
    )
    def test_a_file_that_is_none_is_told_in_one_sentence(
        self, data: bytes, why: str, take: Take
    ) -> None:
        with pytest.raises(ExchangeError, match=why) as caught:
            take(data)
        assert str(caught.value).startswith("“a.json”")
        assert "\n" not in str(caught.value)
        assert len(str(caught.value)) < 200

    def test_a_million_annotations_are_refused(self, take: Take) -> None:
        data = b"[" + b'{"type":"Annotation"},' * 999_999 + b"{}]"
        with pytest.raises(ExchangeError, match="has 1000000 annotations, and 20000 is the most"):
            take(data)

    @pytest.mark.parametrize(
        ("value", "why"),
        [
            (annotation(""), "has no quote to be found by"),
            (annotation(" \n"), "has no quote to be found by"),
            (annotation(target=[]), "has no quote to be found by"),
            (annotation(target={"selector": 7}), "has no quote to be found by"),
            (annotation(type="Person"), "is not an annotation"),
            ("words", "is not an annotation"),
            (None, "is not an annotation"),
            (annotation("x" * 200_000), "is longer than anything"),
            (annotation(bodyValue="x" * 1_000_001), "is longer than anything"),
            (
                annotation(body=[{"value": str(n), "purpose": "tagging"} for n in range(200)]),
                "tags",
            ),
            (annotation(body=[{"value": "x" * 300, "purpose": "tagging"}]), "tags"),
        ],
    )
    def test_an_annotation_that_can_be_no_mark_is_skipped_and_told(
        self, value: Any, why: str, take: Take
    ) -> None:
        brought = take([value, annotation("deep draught", id="2")])
        assert len(brought.marks) == 1
        assert brought.rows[0].outcome is Outcome.SKIPPED
        assert why in brought.rows[0].why

    def test_half_letters_and_nul_do_not_come_in(self, take: Take) -> None:
        data = (
            b'[{"type": "Annotation", "id": "\\ud800", "creator": "\\udfff", '
            b'"bodyValue": "a\\u0000b", "target": {"selector": {"type": "TextQuoteSelector", '
            b'"exact": "tide rises", "prefix": "\\ud83d"}}}]'
        )
        [mark] = take(data).marks
        assert mark.note == "a\ufffdb"
        assert repr(mark).encode("utf-8")

    @settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.one_of(
            VALUES,
            st.lists(st.builds(lambda v: annotation() | v, st.dictionaries(KEYS, VALUES))),
            st.builds(lambda v, w: {"rows": [row("a", "slack water") | v, w]},
                      st.dictionaries(KEYS, VALUES), VALUES),
            st.builds(lambda about, item: {"type": "AnnotationSet", "about": about,
                                           "items": [item, annotation()]}, VALUES, VALUES),
        )
    )  # fmt: skip
    def test_whatever_is_in_a_file_it_is_read_or_refused(self, take: Take, value: Any) -> None:
        try:
            brought = take(value)
        except ExchangeError:
            return
        for mark in brought.marks:
            assert repr(mark).encode("utf-8")
            assert mark.id.startswith("urn:uuid:")
            assert "" not in mark.tags
        assert take(value, *brought.marks).marks == ()


def test_progress_is_told_and_can_cancel(copy: Copy) -> None:
    shares: list[float] = []
    data = json.dumps([annotation(id=str(n)) for n in range(4)]).encode()
    string = copy.text.string
    import_marks(data, "a", copy.manifest.id, string, progress=shares.append)
    assert shares == [0.25, 0.5, 0.75, 1.0]

    def cancel(share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_marks(data, "a", copy.manifest.id, string, progress=cancel)


def test_the_same_quote_is_looked_for_once(
    copy: Copy, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[Selector] = []

    def counted(text: str, selectors: Iterable[Selector]) -> Iterator[Anchor]:
        looked.extend(selectors)
        return anchor_each(text, selectors)

    monkeypatch.setattr(importing, "anchor_each", counted)
    take([annotation(id=str(n)) for n in range(50)])
    assert len(looked) == 1


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2025-03-04T05:06:07Z", "2025-03-04T05:06:07Z"),
        ("2025-03-04T05:06:07.999+02:00", "2025-03-04T03:06:07Z"),
        ("2025-03-04", "2025-03-04T00:00:00Z"),
        ("yesterday", ""),
        ("0001-01-01T00:00:00+14:00", ""),
        (7, ""),
    ],
)
def test_moments_are_in_utc_with_seconds(written: Any, moment: str) -> None:
    assert utc(written) == moment


@pytest.mark.parametrize("part", ["<", "<!--", "<a ", "</", "<script>", "</script", "&", "<a b='"])
def test_html_without_end_takes_no_time(part: str) -> None:
    # Some parsers need the square of its length: minutes.
    assert len(without_html(part * 100_000)) <= len(part) * 100_000


def test_html_is_reduced_to_its_words() -> None:
    html = "<p>One &lt;b&gt; <b>two</b><br>three</p><style>x</style><script>y</script><p>four"
    assert without_html(html) == "One <b> two\nthree\n\nfour"
