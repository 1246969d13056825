"""How well, and how quickly, quotes are found again after a revision: `make bench-anchoring`.

Without arguments the shipped articles are revised by script, which knows where every
passage went. `ARGS="--cases FOLDER"` takes cases from a folder instead: cases.jsonl.gz
(id, kind, new_id, exact, prefix, suffix, start, end, expect), texts.jsonl.gz (id, text),
and, if they are there, cases_extra.jsonl.gz and client_results.jsonl.gz (id, start, end,
ms), the answers of another program.

`same` and `moved` are right where the answer and the truth have 80 % in common (their
intersection, of what both span), `edited` where they have 50 %, `deleted` where there is
no answer. Doubtful answers are counted both as none and as answers. Times are the
processor's for one call with one quote, with all that is done for the text; those of
`gone_elsewhere`, which is scored apart, are left out.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from pathlib import Path

from benchmarks.anchoring_cases import KINDS, Case, made_cases, read_answers, read_cases
from benchmarks.anchoring_methods import METHODS, Range
from benchmarks.bench_library import Maker
from benchmarks.revising import Amounts, Revision
from reader.annotations.anchoring import anchor_each
from reader.annotations.anchors import State
from reader.text.markdown import parse_markdown

ROOT = Path(__file__).resolve().parent.parent
REVISIONS = 12
"""Of each article."""
PASSAGES = 150
"""Of each revision."""
MANY = (100, 1_000, 10_000)
LINES, WORDS = 11_000, 31
"""Of the long text; some 3 million letters."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a method says of a case: a range or None, if it is sure, and in how many ms."""

    case: Case
    place: Range | None
    sure: bool
    ms: float

    def verdict(self, doubtful_counts: bool) -> str:
        """Right, near (the right passage, not enough of it), wrong or missed."""
        place = self.place if self.sure or doubtful_counts else None
        expect = self.case.expect
        if expect is None:
            return "right" if place is None else "wrong"
        if place is None:
            return "missed"
        common = _common(place, expect)
        if common >= (0.5 if self.case.kind == "edited" else 0.8):
            return "right"
        return "near" if common >= 0.1 else "wrong"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--cases", type=Path, metavar="FOLDER", help="take the cases from there")
    arguments = parser.parse_args()
    if arguments.cases:
        cases = read_cases(arguments.cases)
        others = arguments.cases / "client_results.jsonl.gz"
    else:
        cases = list(_revised_articles())
        others = None
    print(f"{len(cases)} cases, % of each kind\n")
    _head()
    for name in METHODS:
        _rows(name, _answers(name, cases))
    if others and others.is_file():
        known = read_answers(others)
        answers = [Answer(case, *_of(known, case.id)) for case in cases if case.id in known]
        _rows(others.name.partition(".")[0], answers)
    if not arguments.cases:
        _many()


def _revised_articles() -> Iterable[Case]:
    for file in sorted(ROOT.glob("content/*/article.md")):
        text = parse_markdown(file.read_text(encoding="utf-8")).string
        for seed in range(REVISIONS):
            name = f"{file.parent.name}-{seed}"
            yield from made_cases(name, Revision(text, seed), PASSAGES, seed)


def _answers(name: str, cases: Sequence[Case]) -> list[Answer]:
    method = METHODS[name]
    method(cases[0].text, cases[0].selector)
    answers: list[Answer] = []
    for case in cases:
        begun = time.thread_time()
        place, sure = method(case.text, case.selector)
        answers.append(Answer(case, place, sure, (time.thread_time() - begun) * 1000))
    return answers


def _of(
    known: dict[str, tuple[Range | None, float]], case: str
) -> tuple[Range | None, bool, float]:
    place, ms = known[case]
    return place, True, ms


def _head() -> None:
    print(f"{'':34}{'cases':>7}{'right':>8}{'near':>7}{'wrong':>7}{'missed':>8}")


def _rows(name: str, answers: Sequence[Answer]) -> None:
    main_kinds = [answer for answer in answers if answer.case.kind != "gone_elsewhere"]
    times = sorted(answer.ms for answer in main_kinds)
    print(f"{name}: median {_quantile(times, 0.5):.2f} ms, p99 {_quantile(times, 0.99):.2f} ms")
    doubtful = sum(not answer.sure for answer in answers)
    for counts in (False, True) if doubtful else (True,):
        if doubtful:
            print(f"  {doubtful} doubtful, counted as {'answers' if counts else 'none'}")
        _row("all but gone_elsewhere" if main_kinds != answers else "all", main_kinds, counts)
        for kind in KINDS:
            _row(kind, [answer for answer in answers if answer.case.kind == kind], counts)


def _row(name: str, answers: Sequence[Answer], doubtful_counts: bool) -> None:
    if not answers:
        return
    verdicts = [answer.verdict(doubtful_counts) for answer in answers]
    right, near, wrong, missed = (
        f"{100 * verdicts.count(each) / len(verdicts):.1f}"
        for each in ("right", "near", "wrong", "missed")
    )
    name = f"{name} (rightly orphaned)" if name == "deleted" else name
    print(f"    {name:30}{len(answers):>7}{right:>8}{near:>7}{wrong:>7}{missed:>8}")


def _many() -> None:
    words = Maker(1).words
    weights = list(accumulate(1 / number for number in range(1, len(words) + 1)))
    chosen = iter(random.Random(1).choices(words, cum_weights=weights, k=LINES * WORDS))
    lines = (" ".join(islice(chosen, WORDS)).capitalize() + "." for _ in range(LINES))
    revision = Revision("\n".join(lines), 1, Amounts(typography=0.0))
    print(f"\nAll at once, in a text of {len(revision.new):,} characters made by script")
    for count in MANY:
        cases = list(made_cases("many", revision, count, count))
        begun = time.thread_time()
        anchors = list(anchor_each(revision.new, [case.selector for case in cases]))
        seconds = time.thread_time() - begun
        sure = (State.EXACT, State.MOVED)
        wrong = sum(
            found.state in sure
            and (
                case.expect is None
                or _common((found.start or 0, found.end or 0), case.expect) < 0.1
            )
            for case, found in zip(cases, anchors, strict=True)
        )
        print(f"  {len(cases):>6,} quotes: {seconds:.2f} s, {wrong} in a wrong place")


def _common(one: Range, other: Range) -> float:
    common = min(one[1], other[1]) - max(one[0], other[0])
    return common / (max(one[1], other[1]) - min(one[0], other[0])) if common > 0 else 0.0


def _quantile(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)]


if __name__ == "__main__":
    main()
