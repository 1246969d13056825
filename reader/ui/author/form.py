"""The form in which an author writes an annotation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reader.annotations.entry import is_date
from reader.annotations.model import Annotation, Kind
from reader.annotations.selectors import Selector
from reader.text.folding import fold
from reader.text.markdown import MarkdownReader
from reader.ui.author.body_edit import BodyEdit
from reader.ui.author.chip_field import ChipField
from reader.ui.author.field import Field, small_label
from reader.ui.author.figure_field import FigureField
from reader.ui.author.kind_switch import KindSwitch
from reader.ui.author.leading_field import LeadingField, shortened
from reader.ui.author.look import form_sheet
from reader.ui.author.picture_field import NewPicture
from reader.ui.kinds import kind_name
from reader.ui.margin.guide import Offer
from reader.ui.margin.richtext import body_html
from reader.ui.margin.sheet import draw_sheet
from reader.ui.panel.painting import SMALL, scaled
from reader.ui.theme import Theme
from reader.ui.timers import timer

_SIDE = 14
_PREVIEW = 120
"""Milliseconds after the last letter until the preview follows."""
_MOST_OFFERS = 30


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the annotation, and a picture that is not in the copy yet.

    `seen` is the annotation as it was when the author began; None for a new one, which has
    no id yet.
    """

    annotation: Annotation
    picture: NewPicture | None = None
    seen: Annotation | None = None


class AnnotationForm(QFrame):
    """Ctrl+Enter saves; Escape leaves, and asks first if something would be lost."""

    save_wanted = Signal(object)
    """What was written, as Written; it is well formed."""
    cancelled = Signal()
    delete_wanted = Signal()
    leading_changed = Signal()
    """Other words lead here, or the kind is another."""
    height_changed = Signal()
    compare_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._focused: QWidget | None = None
        # Else a click beside the fields would give the keyboard to the page below.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAcceptDrops(True)
        self.installEventFilter(self)
        self._seen: Annotation | None = None
        self._known: Mapping[str, Annotation] = {}
        self._begun: tuple[object, ...] = ()
        self._markdown = MarkdownReader()
        self.kind = KindSwitch(theme)
        self.title = QLineEdit()
        self.date, self.until = QLineEdit(), QLineEdit()
        self.see = ChipField(self._title_of, self._offers, self._id_of)
        self.leading = LeadingField(theme)
        self.body = BodyEdit()
        self.preview_box = QCheckBox(self.tr("Preview"))
        self.preview_box.setChecked(True)
        self.preview = QLabel()
        self.preview.setObjectName("preview")
        self.preview.setTextFormat(Qt.TextFormat.RichText)
        self.preview.setWordWrap(True)
        self.preview.setAccessibleName(self.tr("Preview"))
        self.figure = FigureField(theme, self.kind.kind.value)
        self._build()
        self._connect()
        self.apply_theme(theme)

    # What it shows

    def begin(
        self,
        annotation: Annotation,
        known: Mapping[str, Annotation],
        *,
        new: bool,
        quotes: Sequence[Selector] = (),
        picture: Path | None = None,
        by_hand: bool = False,
    ) -> None:
        """Write a new annotation, or change one.

        `known` are all that one may see also; `quotes` are the selected words; `picture` is
        where its picture lies; `by_hand` says that words of the text link to it.
        """
        self._seen = None if new else annotation
        self._known = known
        self.leading.by_hand = by_hand
        self.kind.set_kind(annotation.kind)
        self.title.setText(annotation.title)
        self.date.setText(annotation.date)
        self.until.setText(annotation.until)
        self.see.set_values(annotation.see)
        self.leading.show_annotation(annotation, quotes)
        self.body.setPlainText(annotation.body)
        self.figure.show_figure(annotation.chart, annotation.image, picture)
        words = shortened(quotes[0].exact if quotes else annotation.title, 60)
        if not new:
            head = self.tr("Change “{0}”").format(words)
        elif words:
            head = self.tr("New annotation on “{0}”").format(words)
        else:
            head = self.tr("New annotation")
        self._head.setText(head)
        self.setAccessibleName(head)
        self._delete.setVisible(not new)
        self._begun = self._typed()
        self._draw_preview()
        self.say("")
        self._ask(False)
        self.tell_changed(False)

    @property
    def is_changed(self) -> bool:
        """Whether something would be lost."""
        return self._typed() != self._begun

    @property
    def seen(self) -> Annotation | None:
        """The annotation that is being changed, as it was; None for a new one."""
        return self._seen

    def know(self, known: Mapping[str, Annotation]) -> None:
        """There are other annotations to see also by now."""
        self._known = known

    def see_anew(self, seen: Annotation) -> None:
        """What is saved takes the place of `seen`, which the author knows of."""
        self._seen = seen
        self.tell_changed(False)

    def save_as_new(self) -> None:
        """What is saved is an annotation of its own: the one that was changed is gone."""
        self._seen = None
        self.tell_changed(False)

    def go_on(self, draft: Written, picture: Path | None) -> None:
        """Go on with what was being written in a form that has begun."""
        typed = draft.annotation
        self.kind.set_kind(typed.kind)
        self.title.setText(typed.title)
        self.date.setText(typed.date)
        self.until.setText(typed.until)
        self.see.set_values(typed.see)
        self.leading.show_annotation(typed)
        self.body.setPlainText(typed.body)
        self.figure.show_figure(typed.chart, typed.image, picture)
        if draft.picture is not None:
            self.figure.take_picture(draft.picture)
        self._draw_preview()

    def written(self) -> Written:
        """All that is typed."""
        seen = self._seen
        picture = self.figure.picture
        annotation = Annotation(
            id=seen.id if seen else "",
            kind=self.kind.kind,
            title=" ".join(self.title.text().split()),
            body=self.body.toPlainText().strip(),
            terms=self.leading.chosen_terms(),
            targets=self.leading.targets(),
            whole_text=self.leading.whole_text,
            see=self.see.all_values,
            date=self.date.text().strip(),
            until=self.until.text().strip(),
            chart=self.figure.result(),
            image=picture.image(),
        )
        return Written(annotation, picture.new, seen)

    def save(self) -> None:
        """Hand on what is written, or say at each field what is wrong with it."""
        self.see.settle()
        self.leading.terms.settle()
        wrong = self._say_faults()
        if wrong is None:
            self.save_wanted.emit(self.written())
        else:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            self._area.ensureWidgetVisible(wrong, 0, 60)

    def hold(self, held: bool) -> None:
        """Let nothing be typed while it is being saved."""
        if held:
            self._focused = self.focusWidget()
        self.setEnabled(not held)
        if not held and self._focused is not None:
            self._focused.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Close the form; ask first if something would be lost."""
        if self.is_changed:
            self._ask(True)
        else:
            self.cancelled.emit()

    def say(self, words: str) -> None:
        """Say why it could not be saved, above the buttons."""
        self._said.setText(words)
        self._said.setVisible(bool(words))
        self._said.setAccessibleDescription(words)

    def tell_changed(self, changed: bool, *, gone: bool = False) -> None:
        """Say that the file has another version of this annotation by now, or none."""
        words = (
            self.tr("This annotation was deleted from the file meanwhile.")
            if gone
            else self.tr("This annotation was changed in the file meanwhile.")
        )
        self._other.setText(words)
        self._other_line.setVisible(changed)

    def go_to(self, field: str) -> None:
        """Put the keyboard into a field, named as in annotations.yaml."""
        places: dict[str, QWidget] = {
            "title": self.title,
            "kind": self.kind,
            "date": self.date,
            "until": self.until,
            "see": self.see,
            "terms": self.leading.terms if self.leading.way == 0 else self.leading.ways,
            "target": self.leading.ways,
            "body": self.body,
            "chart": self.figure.chart.first_cell(),
            "image": self.figure.picture.alt,
        }
        place = places.get(field, self.title)
        if not place.isVisibleTo(self):
            place = self.title
        place.setFocus(Qt.FocusReason.OtherFocusReason)
        self._area.ensureWidgetVisible(place, 0, 60)

    def wanted_height(self, width: int) -> int:
        """Pixels that all of it takes at a width."""
        inner = width - 2 * _SIDE
        column = self._column
        if column.hasHeightForWidth():
            tall = column.totalHeightForWidth(inner)
        else:
            tall = column.totalSizeHint().height()
        rest = [
            part.heightForWidth(inner) if part.hasHeightForWidth() else part.sizeHint().height()
            for part in (self._head_line, self._other_line, self._said, self._foot, self._asking)
            if not part.isHidden()
        ]
        return tall + sum(rest) + 8 * len(rest) + 26

    def apply_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self.setPalette(theme.palette())
        self.setStyleSheet(form_sheet(theme))
        self.kind.apply_theme(theme)
        self.leading.apply_theme(theme)
        self.figure.apply_theme(theme, self.kind.kind.value)
        self._draw_preview()
        self.update()

    # Parts

    def _build(self) -> None:
        self._head = small_label("quiet")
        self._head.setContentsMargins(14, 0, 0, 0)
        self._head_line = self._head
        self._other = small_label("fault")
        compare = QPushButton(self.tr("Compare…"))
        compare.clicked.connect(self.compare_wanted)
        self._other_line = _line(self._other, compare)
        kind = QWidget()
        kind_column = QVBoxLayout(kind)
        kind_column.setContentsMargins(0, 0, 0, 0)
        kind_column.addWidget(self.kind)
        self.title_field = Field(self.tr("Title"), self.title)
        self.date_field = Field(self.tr("Date"), self.date)
        self.until_field = Field(self.tr("Until"), self.until)
        self.date.setPlaceholderText("2025-06-01")
        dates = QWidget()
        dates_row = QHBoxLayout(dates)
        dates_row.setContentsMargins(0, 0, 0, 0)
        dates_row.setSpacing(10)
        dates_row.addWidget(self.date_field)
        dates_row.addWidget(self.until_field)
        self.see_field = Field(self.tr("See also"), self.see)
        self.preview_box.setFont(scaled(self.preview_box.font(), SMALL))
        self.body_field = Field(self.tr("Text (Markdown)"), self.body, self.preview_box)
        self._fields = QWidget()
        self._fields.setObjectName("fields")
        self._column = column = QVBoxLayout(self._fields)
        column.setContentsMargins(0, 0, 0, 2)
        column.setSpacing(9)
        for part in (
            kind,
            self.title_field,
            dates,
            self.see_field,
            Field(self.tr("Words that lead here"), self.leading),
            self.body_field,
            self.preview,
            Field(self.tr("Chart or picture"), self.figure),
        ):
            column.addWidget(part)
        column.addStretch()
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self._fields)
        self._said = small_label("fault")
        self._foot = self._make_foot()
        self._asking = self._make_asking()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(_SIDE, 11, _SIDE, 13)
        whole.setSpacing(8)
        for part in (self._head, self._other_line):
            whole.addWidget(part)
        whole.addWidget(self._area, 1)
        for part in (self._said, self._foot, self._asking):
            whole.addWidget(part)

    def _make_foot(self) -> QWidget:
        keys = QKeySequence("Ctrl+Return").toString(QKeySequence.SequenceFormat.NativeText)
        keys = keys.replace("Return", self.tr("Enter"))
        self._delete = QPushButton(self.tr("Delete"))
        self._delete.clicked.connect(self.delete_wanted)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.clicked.connect(self.leave)
        self._save = QPushButton(self.tr("Save  {0}").format(keys))
        self._save.setAccessibleName(self.tr("Save"))
        self._save.setDefault(True)
        self._save.clicked.connect(self.save)
        return _line(self._delete, None, cancel, self._save)

    def _make_asking(self) -> QWidget:
        words = small_label("quiet")
        words.setText(self.tr("What you typed would be lost."))
        self._stay = QPushButton(self.tr("Go on writing"))
        self._stay.clicked.connect(lambda: self._ask(False))
        discard = QPushButton(self.tr("Discard it"))
        discard.clicked.connect(self.cancelled)
        return _line(words, self._stay, discard)

    def _connect(self) -> None:
        self._previewing = timer(self, self._draw_preview, _PREVIEW, once=True)
        self.body.textChanged.connect(self._previewing.start)
        self.preview_box.toggled.connect(self._draw_preview)
        self.kind.kind_changed.connect(self._kind_changed)
        self.leading.changed.connect(self.leading_changed)
        for edit, field in (
            (self.title, self.title_field),
            (self.date, self.date_field),
            (self.until, self.until_field),
        ):
            edit.textEdited.connect(lambda _words, field=field: field.say_fault(""))
        self.see.changed.connect(lambda: self.see_field.say_fault(""))
        self._fields.installEventFilter(self)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.save)

    # Inside

    def _typed(self) -> tuple[object, ...]:
        return (
            self.kind.kind,
            self.title.text().strip(),
            self.date.text().strip(),
            self.until.text().strip(),
            (self.see.values, self.see.typed),
            self.leading.typed(),
            self.body.toPlainText().strip(),
            self.figure.typed(),
        )

    def _say_faults(self) -> QWidget | None:
        """Say what is wrong at each field; the answer is the first of them."""
        wrong: list[QWidget] = []

        def tell(field: Field, words: str) -> None:
            field.say_fault(words)
            if words:
                wrong.append(field.editor)

        title = "" if self.title.text().strip() else self.tr("Give it a title.")
        tell(self.title_field, title)
        dates = self.tr("Write a year, a month or a day: 2025, 2025-06 or 2025-06-01.")
        date, until = self.date.text().strip(), self.until.text().strip()
        tell(self.date_field, dates if date and not is_date(date) else "")
        if until and not is_date(until):
            tell(self.until_field, dates)
        elif until and not date:
            tell(self.until_field, self.tr("Say in “Date” when it began."))
        elif until and until < date:
            tell(self.until_field, self.tr("This is before the date."))
        else:
            tell(self.until_field, "")
        nobody = self.tr("There is no annotation “{0}”; choose one of the list.")
        tell(self.see_field, nobody.format(self.see.typed) if self.see.typed else "")
        leading = self.leading.faults()
        self.leading.say_fault(leading)
        if leading:
            wrong.append(self.leading.terms if self.leading.way == 0 else self.leading.ways)
        _, place = self.figure.say_faults()
        if place is not None:
            wrong.append(place)
        return wrong[0] if wrong else None

    def _ask(self, asking: bool) -> None:
        self._asking.setVisible(asking)
        self._foot.setVisible(not asking)
        if asking:
            self._stay.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._stay.hasFocus():
            self.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def _kind_changed(self, kind: Kind) -> None:
        self.figure.apply_theme(self._theme, kind.value)
        self.leading_changed.emit()
        self.update()

    def _draw_preview(self) -> None:
        words = self.body.toPlainText().strip()
        wanted = self.preview_box.isChecked() and bool(words)
        if wanted:
            parsed = self._markdown.parse(words)
            self.preview.setText(body_html(parsed))
            self.preview.setAccessibleDescription(parsed.string)
        self.preview.setVisible(wanted)

    def _title_of(self, identifier: str) -> str:
        return self._known[identifier].title if identifier in self._known else identifier

    def _id_of(self, typed: str) -> str | None:
        folded = fold(typed)
        for identifier, each in self._known.items():
            if identifier == typed or fold(each.title) == folded:
                return identifier
        return None

    def _offers(self, typed: str) -> Sequence[Offer]:
        folded = fold(typed)
        own = self._seen.id if self._seen else ""
        found = [
            (not fold(each.title).startswith(folded), each.title, identifier, each)
            for identifier, each in self._known.items()
            if identifier != own and (folded in fold(each.title) or typed in identifier)
        ]
        found.sort(key=lambda entry: entry[:3])
        return [
            Offer(title, identifier, kind_name(each.kind))
            for _, title, identifier, each in found[:_MOST_OFFERS]
        ]

    # Drawing and input

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.figure.dragEnterEvent(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.figure.dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.figure.dropEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The fields are taller, or less so, than they were."""
        if watched is self._fields and event.type() == QEvent.Type.LayoutRequest:
            self.height_changed.emit()
        if watched is self and event.type() == QEvent.Type.ShortcutOverride:
            # A letter that is typed beside the fields is no command of the page.
            plain = isinstance(event, QKeyEvent) and bool(event.text().strip())
            held = isinstance(event, QKeyEvent) and bool(
                event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
            )
            if plain and not held:
                event.accept()
                return True
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = QRectF(self.rect()).adjusted(2, 1, -2, -3)
        color = self._theme.color(self.kind.kind.value)
        draw_sheet(painter, body, self._theme, color, True)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        middle = self._head.geometry().center().y() + 0.5
        painter.drawRoundedRect(QRectF(_SIDE, middle - 4, 8, 8), 2, 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self._asking.isVisible():
                self._ask(False)
            else:
                self.leave()
            return
        # Keys that mean something on the page mean nothing here.
        event.accept()


def _line(*parts: QWidget | None) -> QWidget:
    """Parts beside each other; None is the room between them."""
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 2, 0, 0)
    row.setSpacing(8)
    for part in parts:
        if part is None:
            row.addStretch()
        else:
            stretch = 1 if isinstance(part, QLabel) else 0
            row.addWidget(part, stretch)
    return line
