"""The form in which an author writes an annotation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from reader.annotations.entry import is_date
from reader.annotations.model import Annotation, Kind
from reader.annotations.selectors import Selector
from reader.ui.author.body_edit import BodyEdit
from reader.ui.author.chip_field import ChipField
from reader.ui.author.field import Field
from reader.ui.author.figure_field import FigureField
from reader.ui.author.form_frame import FormFrame
from reader.ui.author.kind_switch import KindSwitch
from reader.ui.author.leading_field import LeadingField, shortened
from reader.ui.author.preview import Preview
from reader.ui.author.see_also import SeeAlso
from reader.ui.author.written import Written
from reader.ui.theme import Theme


class AnnotationForm(FormFrame):
    """The fields of an annotation: shows one, checks what is typed, and hands it on."""

    save_wanted = Signal(object)
    """What was written, as Written; it is well formed."""
    leading_changed = Signal()
    """Other words lead here, or the kind is another."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setAcceptDrops(True)
        self._seen: Annotation | None = None
        self._begun: tuple[object, ...] = ()
        self._others = SeeAlso()
        self.kind = KindSwitch(theme)
        self.set_role(self.kind.kind.value)
        self.title = QLineEdit()
        self.date, self.until = QLineEdit(), QLineEdit()
        self.date.setPlaceholderText("2025-06-01")
        self.see = ChipField(self._others.title_of, self._others.offers, self._others.id_of)
        self.leading = LeadingField(theme)
        self.body = BodyEdit()
        self.preview = Preview(self.body)
        self.figure = FigureField(theme, self.kind.kind.value)
        self.title_field = Field(self.tr("Title"), self.title)
        self.date_field = Field(self.tr("Date"), self.date)
        self.until_field = Field(self.tr("Until"), self.until)
        self.see_field = Field(self.tr("See also"), self.see)
        self._fill(
            _beside(self.kind),
            self.title_field,
            _beside(self.date_field, self.until_field),
            self.see_field,
            Field(self.tr("Words that lead here"), self.leading),
            Field(self.tr("Text (Markdown)"), self.body, self.preview.box),
            self.preview,
            Field(self.tr("Chart or picture"), self.figure),
        )
        self._connect()
        self.apply_theme(theme)

    def _connect(self) -> None:
        self.kind.kind_changed.connect(self._kind_changed)
        self.leading.changed.connect(self.leading_changed)
        for edit, field in (
            (self.title, self.title_field),
            (self.date, self.date_field),
            (self.until, self.until_field),
        ):
            edit.textEdited.connect(lambda _words, field=field: field.say_fault(""))
        self.see.changed.connect(lambda: self.see_field.say_fault(""))

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
        self._set_seen(None if new else annotation)
        self.know(known)
        self.leading.by_hand = by_hand
        self._show(annotation, quotes, picture)
        words = shortened(quotes[0].exact if quotes else annotation.title, 60)
        if not new:
            head = self.tr("Change “{0}”").format(words)
        elif words:
            head = self.tr("New annotation on “{0}”").format(words)
        else:
            head = self.tr("New annotation")
        self._begun = self._typed()
        self.start(head, new=new)

    def go_on(self, draft: Written, picture: Path | None) -> None:
        """Go on with what was being written in a form that has begun."""
        self._show(draft.annotation, (), picture)
        if draft.picture is not None:
            self.figure.take_picture(draft.picture)

    def know(self, known: Mapping[str, Annotation]) -> None:
        """There are other annotations to see also by now."""
        self._others.known = known

    def _show(
        self, annotation: Annotation, quotes: Sequence[Selector], picture: Path | None
    ) -> None:
        self.kind.set_kind(annotation.kind)
        self.title.setText(annotation.title)
        self.date.setText(annotation.date)
        self.until.setText(annotation.until)
        self.see.set_values(annotation.see)
        self.leading.show_annotation(annotation, quotes)
        self.body.setPlainText(annotation.body)
        self.figure.show_figure(annotation.chart, annotation.image, picture)
        self.preview.renew()

    # What is being changed

    @property
    def seen(self) -> Annotation | None:
        """The annotation that is being changed, as it was; None for a new one."""
        return self._seen

    def see_anew(self, seen: Annotation) -> None:
        """What is saved takes the place of `seen`, which the author knows of."""
        self._set_seen(seen)
        self.tell_changed(False)

    def save_as_new(self) -> None:
        """What is saved is an annotation of its own: the one that was changed is gone."""
        self._set_seen(None)
        self.tell_changed(False)

    def _set_seen(self, seen: Annotation | None) -> None:
        self._seen = seen
        self._others.own = seen.id if seen else ""

    # What is typed

    @property
    def is_changed(self) -> bool:
        """Whether something would be lost."""
        return self._typed() != self._begun

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
            self.show_place(wrong)

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
            wrong.append(self.leading.place)
        _, place = self.figure.say_faults()
        if place is not None:
            wrong.append(place)
        return wrong[0] if wrong else None

    def go_to(self, field: str) -> None:
        """Put the keyboard into a field, named as in annotations.yaml."""
        places: dict[str, QWidget] = {
            "title": self.title,
            "kind": self.kind,
            "date": self.date,
            "until": self.until,
            "see": self.see,
            "terms": self.leading.place,
            "target": self.leading.ways,
            "body": self.body,
            "chart": self.figure.chart.first_cell(),
            "image": self.figure.picture.alt,
        }
        place = places.get(field, self.title)
        self.show_place(place if place.isVisibleTo(self) else self.title)

    # Look and input

    def apply_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        super().apply_theme(theme)
        self.kind.apply_theme(theme)
        self.leading.apply_theme(theme)
        self.figure.apply_theme(theme, self.kind.kind.value)
        self.preview.renew()

    def _kind_changed(self, kind: Kind) -> None:
        self.set_role(kind.value)
        self.figure.apply_theme(self._theme, kind.value)
        self.leading_changed.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.figure.dragEnterEvent(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.figure.dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.figure.dropEvent(event)


def _beside(*parts: QWidget) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    for part in parts:
        row.addWidget(part)
    return line
