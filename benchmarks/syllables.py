"""What invented words are made of."""

from __future__ import annotations

SYLLABLES = [
    "ka",
    "lo",
    "mi",
    "ren",
    "ta",
    "su",
    "vel",
    "dor",
    "an",
    "pi",
    "sta",
    "mo",
    "nu",
    "fer",
    "ig",
    "len",
    "ba",
    "cho",
    "wer",
    "ti",
]
