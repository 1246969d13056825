"""Where a problem of a copy lies: in which annotation and field, or at which words."""

from __future__ import annotations

from reader.annotations.fields import FILE as ANNOTATIONS_FILE
from reader.copies.copy import Copy
from reader.copies.editing import CopyEditor
from reader.problems import Problem, quoted
from reader.text.model import BlockKind

_FIELDS = {
    "term-not-found": "terms",
    "duplicate-term": "terms",
    "target-unsure": "target",
    "target-not-found": "target",
    "no-place": "terms",
    "no-picture": "image",
    "picture-outside": "image",
    "picture-kind": "image",
    "picture-refused": "image",
    "unknown-kind": "kind",
}


def place_of(
    problem: Problem, copy: Copy, editor: CopyEditor
) -> tuple[str, str, tuple[int, int] | None]:
    """The annotation's id and field, and the words `start, end`; empty, and None, for none."""
    if problem.file == ANNOTATIONS_FILE:
        identifier = editor.entry_at(problem.line)
        return identifier, _field_of(problem, identifier, editor), None
    if problem.file == copy.manifest.text_file:
        return "", "", _words_of(problem, copy)
    return "", "", None


def _field_of(problem: Problem, identifier: str, editor: CopyEditor) -> str:
    if problem.code in ("dead-link", "self-link"):
        annotation = editor.annotations.get(identifier)
        see = annotation.see if annotation else ()
        led = problem.code == "self-link" and identifier in see
        return "see" if led or any(quoted(each) in problem.message for each in see) else "body"
    if problem.code in ("missing-field", "wrong-date", "wrong-form"):
        for field in ("date", "until", "image", "chart", "terms", "body", "see", "title"):
            if f"“{field}”" in problem.message:
                return field
        if "“alt”" in problem.message or "“file”" in problem.message:
            return "image"
    return _FIELDS.get(problem.code, "title")


def _words_of(problem: Problem, copy: Copy) -> tuple[int, int] | None:
    """The words that a problem of the text is about."""
    if problem.code == "dead-link":
        for target, start in copy.attachment.dead_links:
            if quoted(target) in problem.message:
                block = copy.text.blocks[copy.text.block_index(start)]
                runs = [run for run in block.runs if run.start == start]
                return start, runs[0].end if runs else start + 1
    for block in copy.text.blocks:
        if block.kind is BlockKind.IMAGE and quoted(block.source) in problem.message:
            return block.start, block.end
    return None
