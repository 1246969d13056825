"""Lines of one paragraph: setting them, and finding what stands where in them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QTextCharFormat, QTextLayout, QTextLine, QTextOption


def face(font: QFont) -> QTextCharFormat:
    """A format that sets nothing but the face."""
    result = QTextCharFormat()
    result.setFont(font)
    return result


def format_range(start: int, length: int, look: QTextCharFormat) -> QTextLayout.FormatRange:
    """A format for `length` UTF-16 units of a paragraph from `start`."""
    result = QTextLayout.FormatRange()
    result.start, result.length, result.format = start, length, look
    return result


def start_option(right_to_left: bool, even: bool = False) -> QTextOption:
    """Lines that begin where those of their script do, and end uneven, or `even`."""
    flags, sides = Qt.AlignmentFlag, Qt.LayoutDirection
    side = flags.AlignRight if right_to_left else flags.AlignLeft
    option = QTextOption(flags.AlignJustify if even else side)
    option.setTextDirection(sides.RightToLeft if right_to_left else sides.LeftToRight)
    return option


def set_lines(
    layout: QTextLayout, width: float, height: float, option: QTextOption | None = None
) -> float:
    """Break a paragraph into lines of a fixed height; the answer is the height of all."""
    option = option or QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    y = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        # A fallback face may be taller than the line; then the line grows, so none overlap.
        room = max(height, line.height())
        line.setPosition(QPointF(0, y + (room - line.height()) / 2))
        y += room
    layout.endLayout()
    return y or height


def line_at(layout: QTextLayout, y: float) -> QTextLine | None:
    """The line nearest to a height of the paragraph; None before it is laid out."""
    count = layout.lineCount()

    def middle(index: int) -> float:
        line = layout.lineAt(index)
        return (line.y() + line.height() + layout.lineAt(index + 1).y()) / 2

    return layout.lineAt(bisect_right(range(count - 1), y, key=middle)) if count else None


def lines_between(layout: QTextLayout, top: float, bottom: float) -> range:
    """The lines of a paragraph, be it a whole book, that touch a stretch of its height."""
    count = layout.lineCount()

    def start(index: int) -> float:
        return layout.lineAt(index).y()

    first = bisect_right(range(count), top, key=start) - 1
    return range(max(0, first), bisect_left(range(count), bottom, key=start))


def spans(layout: QTextLayout, first: int, last: int) -> Iterator[tuple[QTextLine, float, float]]:
    """The parts of lines that `first:last` (UTF-16 units of the paragraph) covers."""
    start = layout.lineForTextPosition(first)
    for index in range(start.lineNumber() if start.isValid() else 0, layout.lineCount()):
        line = layout.lineAt(index)
        begin, end = line.textStart(), line.textStart() + line.textLength()
        if end <= first:
            continue
        if begin >= last:
            break
        left = x_in(line, max(first, begin))
        right = x_in(line, min(last, end))
        if last > end:
            # A space at the end of a full line has no width that anybody sees.
            right = min(right, line.naturalTextRect().right())
        yield line, min(left, right), max(left, right)


def rects(layout: QTextLayout, first: int, last: int) -> Iterator[QRectF]:
    """The rectangles behind `first:last`, one for each line, as fills and frames take them."""
    for line, left, right in spans(layout, first, last):
        yield QRectF(left, line.y() - 2, right - left, line.height() + 5)


def x_in(line: QTextLine, position: int) -> float:
    """Pixels from the left of a paragraph to a UTF-16 unit of it, in a line that has it."""
    # PySide6 answers with the position and where it really put the cursor; its stubs do not say so.
    x: float = line.cursorToX(position)[0]  # type: ignore[index]
    return x
