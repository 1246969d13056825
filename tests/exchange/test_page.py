"""The standalone page: whole HTML, with nothing in it that runs or loads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.annotations.marks import Color, Mark, MarkKind
from reader.annotations.selectors import Selector
from reader.copies.copy import Copy
from reader.copies.reading import open_copy
from reader.exchange.notebook import Document, notebook_of, notebook_without_text
from reader.exchange.page import page_of
from reader.locations import bundled

NS = "{http://www.w3.org/1999/xhtml}"

HOSTILE = (
    "<script>alert(1)</script> \"'><img src=x onerror=alert(1)> [x](javascript:alert(1)) "
    "<style>*{}</style> &lt; \x01 </body> ![x](https://example.org/x.png)"
)


def parsed(html: str) -> Element:
    """The tree of a page that has no error, by the HTML standard's own rules."""
    tree: Element = html5lib.HTMLParser(strict=True).parse(html)
    return tree


def words(element: Element) -> str:
    return "".join(element.itertext())


def all_of(tree: Element, tag: str) -> list[Element]:
    return list(tree.iter(f"{NS}{tag}"))


def test_the_page_is_the_text_with_its_marks_and_notes(
    mark: Any, notebook: Any, templates: Path
) -> None:
    book = notebook(
        mark("tide rises twice", 1, note="Is **this** so?", tags=("essay",)),
        mark("twice a day", 2, color=Color.BLUE, underline=True),
        mark("before it falls.\nThe pilot", 3, color=Color.PINK),
        names={Color.YELLOW: "important"},
    )
    tree = parsed(page_of(book, templates))
    marked: dict[str, str] = {}
    for element in all_of(tree, "mark"):
        name = element.get("class", "")
        marked[name] = marked.get(name, "") + words(element)
    assert marked["yellow"] == "tide rises twice"
    assert marked["blue underline"] == "twice a day"
    assert marked["pink"] == "before it falls.The pilot"
    [note] = [each for each in all_of(tree, "div") if "note" in each.get("class", "")]
    assert words(note).startswith("1Is this so?")
    assert words(note).endswith("important · #essay")
    [reference] = [a for a in all_of(tree, "a") if a.get("href") == f"#{note.get('id')}"]
    assert words(reference) == "1"
    assert [words(h) for h in all_of(tree, "h2")] == ["Tides", "Ships", "Ships"]
    assert [words(li) for li in all_of(tree, "li")] == [
        "The pilot boards at the outer buoy.",
        "Tugs make fast at the breakwater.",
    ]
    assert words(all_of(tree, "td")[0]) == "Coaster"
    assert tree.get("lang") == "en"


def test_nothing_runs_and_nothing_is_loaded(
    make_copy: Callable[..., Copy], mark: Any, templates: Path
) -> None:
    on = make_copy(f"# {HOSTILE}\n\nSome words. {HOSTILE}\n", title=HOSTILE)
    on = replace(on, manifest=replace(on.manifest, authors=(HOSTILE,), source=HOSTILE))
    gone = Mark("urn:uuid:9", MarkKind.NOTE, Selector(HOSTILE), note=HOSTILE, creator=HOSTILE)
    made = mark("Some words", on=on, note=HOSTILE, tags=(HOSTILE,))
    names = {Color.YELLOW: HOSTILE}
    html = page_of(notebook_of(on, [made, gone], names), templates)
    tree = parsed(html)
    assert not all_of(tree, "script") + all_of(tree, "link") + all_of(tree, "iframe")
    assert len(all_of(tree, "style")) == 1
    for element in tree.iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            if name in ("href", "src", "action"):
                assert value.startswith(("#", "data:image/", "http://", "https://", "mailto:"))
                assert element.tag != f"{NS}img" or value.startswith("data:")
    policy = next(m for m in all_of(tree, "meta") if m.get("http-equiv"))
    assert policy.get("content", "").startswith("default-src 'none'; img-src data:;")
    assert "alert(1)" in words(all_of(tree, "body")[0])


def test_pictures_are_inside_the_page(templates: Path) -> None:
    guide = open_copy(bundled("content") / "welcome")
    tree = parsed(page_of(notebook_of(guide, []), templates))
    [picture] = all_of(tree, "img")
    assert picture.get("src", "").startswith("data:image/svg+xml;base64,")
    assert picture.get("alt", "").startswith("A window in three parts")


@pytest.mark.parametrize("name", ["welcome", "russia-ukraine-2025"])
def test_the_words_of_a_shipped_text_are_all_there(name: str, templates: Path) -> None:
    copy = open_copy(bundled("content") / name)
    main = all_of(parsed(page_of(notebook_of(copy, []), templates)), "main")[0]
    letters = "".join(words(main).split())
    for block in copy.text.blocks:
        for line in copy.text.string[block.start : block.end].split("\n"):
            assert "".join(line.replace("\ufffc", "").split()) in letters


def test_a_text_that_is_gone_leaves_its_marks(mark: Any, templates: Path) -> None:
    book = notebook_without_text(Document("urn:uuid:5", "Lost"), [mark("tide rises", note="Hm")])
    tree = parsed(page_of(book, templates))
    assert "tide rises" in words(tree)
    assert "Hm" in words(tree)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(
        st.one_of(
            st.sampled_from("#*_`->|[]()!<&\"' \n\t1."),
            st.characters(exclude_categories=["Cs"]),
        ),
        max_size=120,
    ),
    st.lists(st.tuples(st.integers(0, 120), st.integers(1, 60), st.text(max_size=20)), max_size=5),
)
def test_any_text_with_any_marks_is_a_whole_page(
    make_copy: Callable[..., Copy],
    mark: Any,
    templates: Path,
    article: str,
    spans: list[tuple[int, int, str]],
) -> None:
    on = make_copy(article, title=article[:20])
    string = on.text.string
    marks = [
        mark(string[start : start + length], number, on=on, note=note)
        for number, (start, length, note) in enumerate(spans)
        if string[start : start + length].strip()
    ]
    tree = parsed(page_of(notebook_of(on, marks), templates))
    for text in on.text.blocks:
        first = string[text.start : text.end].split("\n")[0].split("\u2028")[0].split("\t")[0]
        shown = "".join(first.replace("\ufffc", "").split())
        assert shown in "".join(words(tree).split())


def test_links_to_annotations_are_words_and_those_to_the_web_are_links(
    make_copy: Callable[..., Copy], templates: Path
) -> None:
    on = make_copy("See [the pilot](#pilot) and [the web](https://example.org/).\n")
    tree = parsed(page_of(notebook_of(on, []), templates))
    assert [a.get("href") for a in all_of(tree, "a")] == ["https://example.org/"]
    assert "See the pilot and the web." in words(tree)


ANNOTATED = """\
annotations:
  - id: quay
    kind: place
    title: The <quay>
    terms: [quay]
    date: 1903
    body: "# Old\\n\\nSee [the mill](#mill) and [nothing](#nowhere)."
    see: [mill, gone]
    chart: {kind: bars, title: Stones, unit: t, values: {north: 3, south: 4.5}}
  - id: mill
    kind: event
    title: The mill
    target: {exact: "mill stands"}
  - id: whole
    kind: question
    title: What is it about?
    target: text
  - id: lost
    kind: person
    title: Nobody
    terms: [Nobody here]
"""


def annotated(folder: Path, article: str) -> Copy:
    folder.mkdir(exist_ok=True)
    (folder / "document.yaml").write_text(
        "format: 1\nid: urn:uuid:0b0a8f0e-6a5a-4f57-9d0b-51f6f0f3a002\ntitle: A\ntext: a.md\n"
    )
    (folder / "a.md").write_text(article, "utf-8")
    (folder / "annotations.yaml").write_text(ANNOTATED, "utf-8")
    return open_copy(folder)


def test_the_authors_annotations_stand_beside_the_text(tmp_path: Path, templates: Path) -> None:
    copy = annotated(
        tmp_path / "copy", "# A\n\nThe quay is *long*; the quay ends.\n\nThe mill stands.\n"
    )
    page = parsed(page_of(notebook_of(copy, ()), templates, annotations=True))
    ids = [each.get("id") for each in page.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    links = [each.get("href", "") for each in all_of(page, "a")]
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    passages = [each for each in all_of(page, "div") if each.get("class") == "passage"]
    assert [words(each.find(f"{NS}div")) for each in passages] == [  # type: ignore[arg-type]
        "The quay is long; the quay ends.",
        "The mill stands.",
    ]
    quay, mill = (each.find(f"{NS}aside") for each in passages)
    assert quay is not None
    assert mill is not None
    assert "The <quay>" in words(quay)
    assert "place · 1903" in words(quay)
    assert "north3" in words(quay)
    assert "south4.5" in words(quay)
    assert "See also: The mill" in words(quay)
    assert words(mill).startswith("The mill")
    first = all_of(page, "main")[0][0]
    assert "What is it about?" in words(first)
    assert "Nobody" in words(all_of(page, "footer")[0])
    assert not all_of(page, "script")
    mentions = [words(each) for each in all_of(page, "a") if each.get("class") == "mention"]
    assert mentions == ["quay", "quay", "mill stands"]


def test_without_being_asked_for_they_stay_out(tmp_path: Path, templates: Path) -> None:
    copy = annotated(tmp_path / "copy", "The quay.\n")
    page = page_of(notebook_of(copy, ()), templates)
    assert "What is it about?" not in page
    assert "mention" not in page


def test_mentions_live_with_marks_and_links(tmp_path: Path, templates: Path) -> None:
    copy = annotated(
        tmp_path / "copy",
        "The [quay is](https://example.org/) long, a **quay** and [mill](#mill) quays quay.\n",
    )
    start = copy.text.string.index("long")
    selector = Selector(copy.text.string[start : start + 12], "", "", start, start + 12)
    mark = Mark(id="urn:uuid:1", kind=MarkKind.HIGHLIGHT, selector=selector, color=Color.BLUE)
    page = parsed(page_of(notebook_of(copy, (mark,)), templates, annotations=True))
    for link in all_of(page, "a"):
        assert not [each for each in link.iter(f"{NS}a") if each is not link]
    assert (
        words(all_of(page, "main")[0]).count("The quay is long, a quay and mill quays quay.") == 1
    )


def test_the_shipped_copy_as_a_page_to_read_along(templates: Path) -> None:
    copy = open_copy(bundled("content") / "russia-ukraine-2025")
    page = parsed(page_of(notebook_of(copy, ()), templates, annotations=True))
    notes = [each for each in all_of(page, "div") if each.get("class") == "annotation"]
    assert len(notes) == len(copy.annotations)
    ids = {each.get("id") for each in page.iter()}
    targets = [each.get("href", "") for each in all_of(page, "a")]
    assert {each[1:] for each in targets if each.startswith("#")} <= ids
