"""JSON of other programs: the same two turns in the shapes that they give them."""

import json
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from vivavoce.transcripts.errors import ForeignError
from vivavoce.transcripts.imports.formats import read

ASKED, TOLD = "Who was late?", "The baker was. I rang him at five."
SAID = ((ASKED, 1.0, 2.5), (TOLD, 3.0, 6.5))


def words(text: str, start: float, end: float, **more: object) -> list[dict[str, Any]]:
    each = (end - start) / len(text.split())
    return [
        {"word": word, "start": start + n * each, "end": start + (n + 1) * each, **more}
        for n, word in enumerate(text.split())
    ]


def turns(
    text: str, start: str, end: str, scale: float = 1.0, speaker: str = "speaker", **more: object
) -> list[Any]:
    return [
        {speaker: n, text: said, start: at * scale, end: till * scale, **more}
        for n, (said, at, till) in enumerate(SAID)
    ]


def ticking(name: str) -> list[dict[str, Any]]:
    return [
        {name: n, "offset": f"PT{at}S", "duration": f"PT{till - at}S", "nBest": [{"display": said}]}
        for n, (said, at, till) in enumerate(SAID)
    ]


DEEPGRAM = [word | {"speaker": n} for n, one in enumerate(SAID) for word in words(*one)]
GOOGLE = [
    {
        "word": word["word"],
        "startTime": f"{word['start']:.3f}s",
        "endTime": f"{word['end']:.3f}s",
        "speakerTag": n,
    }
    for n, one in enumerate(SAID)
    for word in words(*one)
]
REV = [
    {
        "speaker": n,
        "elements": [
            part
            for word in words(*one)
            for part in (
                {
                    "type": "text",
                    "value": word["word"].rstrip(".?"),
                    "ts": word["start"],
                    "end_ts": word["end"],
                },
                {"type": "punct", "value": word["word"][-1] if word["word"][-1] in ".?" else " "},
            )
        ],
    }
    for n, one in enumerate(SAID)
]
SHAPES: dict[str, object] = {
    "Deepgram utterances": {
        "metadata": {"models": ["x"], "channels": 1},
        "results": {
            "channels": [{"alternatives": [{"transcript": f"{ASKED} {TOLD}", "words": DEEPGRAM}]}],
            "utterances": turns("transcript", "start", "end"),
        },
    },
    "Deepgram words": {
        "results": {"channels": [{"alternatives": [{"transcript": f"{ASKED} {TOLD}", "words": DEEPGRAM}]}]}
    },
    "Fireflies": {
        "data": {"transcript": {"title": "x", "sentences": turns("text", "start_time", "end_time")}}
    },
    "Fireflies raw": [{"index": 0, **row} for row in turns("raw_text", "startTime", "endTime")],
    "Rev": {"monologues": REV},
    "Google": {
        "results": [
            {"alternatives": [{"transcript": f"{ASKED} {TOLD}", "confidence": 0.9}]},
            {"alternatives": [{"words": GOOGLE}]},
        ]
    },
    "Azure": {"source": "x", "recognizedPhrases": ticking("speaker")},
    "minutes of Teams": [
        {
            "speakerName": f"Speaker {n}",
            "spokenText": said,
            "startDateTime": f"PT{at}S",
            "endDateTime": f"PT{to}S",
        }
        for n, (said, at, to) in enumerate(SAID)
    ],
    "WhisperX without a speaker of the first piece": {
        "segments": [
            {"start": at, "end": to, "text": said, "words": words(said, at, to, speaker=n)}
            | ({"speaker": n} if n else {})
            for n, (said, at, to) in enumerate(SAID)
        ]
    },
    "Fathom": {
        "transcript": [
            {"speaker": {"display_name": f"Speaker {n}"}, "text": said, "start": at, "end": to}
            for n, (said, at, to) in enumerate(SAID)
        ]
    },
    "Azure with second guesses": {
        "recognizedPhrases": [
            row | {"channel": 0, "nBest": [*row["nBest"], {"confidence": 0.2, "display": "No."}]}
            for row in ticking("speaker")
        ]
    },
    "Azure fast": {
        "durationMilliseconds": 6500,
        "combinedPhrases": [{"text": f"{ASKED} {TOLD}"}],
        "phrases": [
            {
                "speaker": n,
                "offsetMilliseconds": int(at * 1000),
                "durationMilliseconds": int(1000 * (till - at)),
            }
            | {"text": said, "locale": "en-US"}
            for n, (said, at, till) in enumerate(SAID)
        ],
    },
    "AssemblyAI": {"id": "x", "utterances": turns("text", "start", "end", 1000.0, words=[]), "words": []},
    "Amazon": {
        "results": {"audio_segments": turns("transcript", "start_time", "end_time", speaker="speaker_label")}
    },
    "lines of text": {
        "cues": [row | {"lines": row["lines"].split()} for row in turns("lines", "startMs", "endMs")]
    },
    "pairs of times": {
        "chunks": [
            {"speaker": n, "timestamp": [at, till], "text": said} for n, (said, at, till) in enumerate(SAID)
        ]
    },
    "people by their ids": {
        "participants": [{"id": f"u{n}", "name": f"Speaker {n}"} for n in (0, 1)],
        "messages": [
            row | {"participantId": f"u{row['participantId']}"}
            for row in turns("text", "start", "end", speaker="participantId")
        ],
    },
    "who speaks in a table of the row": [
        {"speaker": 7, "speaker_info": {"id": "7", "display_name": f"Speaker {n}"}, **row}
        for n, row in enumerate(turns("text", "start", "end", speaker="turn"))
    ],
    "rows that are wrapped": [{"id": "x", "data": row} for row in turns("content", "start", "end")],
    "words in a string": {"speaker_blocks": turns("words", "start_time", "end_time")},
    "numbers as text": {
        "segments": [{k: str(v) for k, v in row.items()} for row in turns("text", "start", "end")]
    },
    "clocks": {
        "transcription": [
            {
                "speaker": n,
                "timestamps": {"from": f"00:00:0{at:.3f}", "to": f"00:00:0{till:.3f}"},
                "text": said,
            }
            for n, (said, at, till) in enumerate(SAID)
        ]
    },
    "mail": {
        "talk": {
            "turns": [
                {"from": f"Speaker {n}", "body": said, "at": at, "end": till}
                for n, (said, at, till) in enumerate(SAID)
            ]
        }
    },
    "participants": [
        {
            "participant": {"id": 5, "name": f"Speaker {n}"},
            "words": [
                {
                    "text": w["word"],
                    "start_timestamp": {"relative": w["start"]},
                    "end_timestamp": {"relative": w["end"]},
                }
                for w in words(*one)
            ],
        }
        for n, one in enumerate(SAID)
    ],
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_talk_is_found_by_its_shape(shape: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(SHAPES[shape]))

    found = read(tmp_path / "a.json")

    assert [(piece.speaker, piece.text) for piece in found] == [("Speaker 0", ASKED), ("Speaker 1", TOLD)]
    assert [piece.start for piece in found] == pytest.approx([1.0, 3.0], abs=0.01)
    assert [piece.end for piece in found] == pytest.approx([2.5, 6.5], abs=0.01)


MORE, REST = "And who helped?", "The miller helped."
LONGER = (*SAID, (MORE, 7.0, 8.0), (REST, 8.5, 9.5))


def amazon(text: str, start: float, end: float, **more: object) -> list[dict[str, Any]]:
    """Return words and marks as rows of their own."""
    found: list[dict[str, Any]] = []
    for word in words(text, start, end):
        bare = word["word"].rstrip(".?")
        times = {"start_time": f"{word['start']:.3f}", "end_time": f"{word['end']:.3f}"}
        found.append({"type": "pronunciation", "alternatives": [{"content": bare}], **times, **more})
        if bare != word["word"]:
            found.append({"type": "punctuation", "alternatives": [{"content": word["word"][-1]}], **more})
    return found


def apart(rows: list[list[dict[str, Any]]]) -> list[list[dict[str, Any]]]:
    """Return the `rows` of each side, of turns that change between two."""
    return [list(chain.from_iterable(rows[side::2])) for side in (0, 1)]


def listed(text: str, start: float, end: float) -> list[list[object]]:
    """Return words as lists of their text, start and end."""
    return [[word["word"], word["start"], word["end"]] for word in words(text, start, end)]


BY_CHANNELS: dict[str, object] = {
    "Deepgram": {
        "metadata": {"channels": 2},
        "results": {
            "channels": [
                {"alternatives": [{"transcript": " ".join(w["word"] for w in side), "words": side}]}
                for side in apart([words(*one) for one in LONGER])
            ]
        },
    },
    "Azure": {
        "combinedRecognizedPhrases": [
            {"channel": n, "display": " ".join(text for text, _, _ in LONGER[n::2])} for n in (0, 1)
        ],
        "recognizedPhrases": [
            {
                "channel": n % 2,
                "offset": f"PT{at}S",
                "duration": f"PT{till - at}S",
                "nBest": [{"display": said}],
            }
            for n, (said, at, till) in enumerate(LONGER)
        ],
    },
    "Amazon, by speakers": {
        "results": {
            "transcripts": [{"transcript": " ".join(text for text, _, _ in LONGER)}],
            "speaker_labels": {
                "segments": [
                    {"speaker_label": n % 2, "items": [{"start_time": f"{at}", "speaker_label": n % 2}]}
                    for n, (_, at, _) in enumerate(LONGER)
                ]
            },
            "items": [item for n, one in enumerate(LONGER) for item in amazon(*one, speaker_label=n % 2)],
        }
    },
    "Google, a piece for each pause and at last the speakers": {
        "results": [
            *({"alternatives": [{"transcript": text, "confidence": 0.9}]} for text, _, _ in LONGER),
            {
                "alternatives": [
                    {
                        "words": [
                            word for n, one in enumerate(LONGER) for word in words(*one, speakerTag=n % 2)
                        ]
                    }
                ]
            },
        ]
    },
    "Watson": {
        "results": [
            {"final": True, "alternatives": [{"transcript": one[0], "timestamps": listed(*one)}]}
            for one in LONGER
        ],
        "speaker_labels": [
            {"from": at, "to": till, "speaker": n % 2, "confidence": 0.7}
            for n, one in enumerate(LONGER)
            for _, at, till in listed(*one)
        ],
    },
    "pieces beside who speaks": {
        "segments": [{"text": text, "start": at, "end": till} for text, at, till in LONGER],
        "diarization": [
            {"start": at - 0.05, "end": till, "speaker": f"Speaker {n % 2}"}
            for n, (_, at, till) in enumerate(LONGER)
        ],
    },
    "Amazon, by speakers beside the words": {
        "results": {
            "speaker_labels": {
                "segments": [
                    {"start_time": f"{at}", "end_time": f"{till}", "speaker_label": f"Speaker {n % 2}"}
                    for n, (_, at, till) in enumerate(LONGER)
                ]
            },
            "items": [item for one in LONGER for item in amazon(*one)],
        }
    },
    "Amazon, by channels": {
        "results": {
            "channel_labels": {
                "channels": [
                    {"channel_label": n, "items": items}
                    for n, items in enumerate(apart([amazon(*one) for one in LONGER]))
                ]
            }
        }
    },
    "Google": {
        "results": [
            {
                "alternatives": [{"transcript": one[0], "words": words(*one)}],
                "channelTag": n % 2,
                "languageCode": "en-us",
            }
            for n, one in sorted(enumerate(LONGER), key=lambda row: row[0] % 2)
        ]
    },
    "channels of media": {
        "sentences": [
            {"media_channel": n % 2, "transcript": said, "start_time": at, "end_time": till}
            for n, (said, at, till) in enumerate(LONGER)
        ]
    },
    "a list of users": {
        "timeline": [
            {"text": said, "ts": at, "end_ts": till, "users": [{"username": f"Speaker {n % 2}"}]}
            for n, (said, at, till) in enumerate(LONGER)
        ]
    },
    "sentences within turns": {
        "calls": [
            {
                "transcript": [
                    {
                        "speakerId": n % 2,
                        "sentences": [{"start": at * 1000, "end": till * 1000, "text": said}],
                    }
                    for n, (said, at, till) in enumerate(LONGER)
                ]
            }
        ]
    },
}


@pytest.mark.parametrize("shape", BY_CHANNELS)
def test_sides_that_were_recorded_apart_are_put_together_by_their_times(shape: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(BY_CHANNELS[shape]))

    found = read(tmp_path / "a.json")

    turns = [(f"Speaker {n % 2}", text) for n, (text, _, _) in enumerate(LONGER)]
    assert [(piece.speaker, piece.text) for piece in found] == turns
    assert [piece.start for piece in found] == pytest.approx([1.0, 3.0, 7.0, 8.5], abs=0.01)


@pytest.mark.parametrize("written", [str, int])
def test_times_in_milliseconds_since_1970_count_from_the_first(written: type, tmp_path: Path) -> None:
    blocks = [
        {"start_time": written(int(1.76e12 + at * 1000)), "end_time": written(int(1.76e12 + till * 1000))}
        | {"speaker": {"name": f"Speaker {n % 2}"}, "words": said}
        for n, (said, at, till) in enumerate(LONGER)
    ]
    (tmp_path / "a.json").write_text(json.dumps({"transcript": {"speaker_blocks": blocks}}))

    found = read(tmp_path / "a.json")

    assert [(piece.speaker, piece.text) for piece in found] == [
        (f"Speaker {n % 2}", text) for n, (text, _, _) in enumerate(LONGER)
    ]
    assert [piece.start for piece in found] == pytest.approx([0.0, 2.0, 6.0, 7.5], abs=0.01)
    assert found[-1].end == pytest.approx(8.5, abs=0.01)


def test_turns_that_a_recogniser_only_marks_are_of_two_speakers(tmp_path: Path) -> None:
    pieces = [
        {"timestamps": {"from": f"00:00:0{at:.3f}", "to": f"00:00:0{till:.3f}"}, "text": f" {text}"}
        | {"speaker_turn_next": n < len(LONGER) - 1}
        for n, (text, at, till) in enumerate(LONGER)
    ]
    (tmp_path / "a.json").write_text(json.dumps({"transcription": pieces}))

    found = read(tmp_path / "a.json")

    assert [piece.text for piece in found] == [text for text, _, _ in LONGER]
    one, two = found[0].speaker, found[1].speaker
    assert [piece.speaker for piece in found] == [one, two, one, two]
    assert one != two


TWO = ("speaker_0", "speaker_1")


def spaced(text: str, start: float, end: float, speaker: str) -> list[dict[str, Any]]:
    """Return words, the spaces between them, and a sound, as rows of one list."""
    rows: list[dict[str, Any]] = [
        {"text": "(door opens)", "start": start, "end": start, "type": "audio_event", "speaker_id": speaker}
    ]
    for word in words(text, start, end):
        rows.append({"text": word.pop("word"), "type": "word", "speaker_id": speaker, **word})
        rows.append({"text": " ", "start": word["end"], "end": word["end"], "type": "spacing"})
    return rows


def attached(text: str, start: float, end: float, speaker: str) -> list[dict[str, Any]]:
    """Return words and marks as rows of one list, the marks with a time of their own."""
    rows: list[dict[str, Any]] = []
    for word in words(text, start, end):
        bare, times = word["word"].rstrip(".?"), {"start_time": word["start"], "end_time": word["end"]}
        rows.append({"type": "word", "alternatives": [{"content": bare, "speaker": speaker}], **times})
        if bare != word["word"]:
            mark = {"content": word["word"][-1], "speaker": speaker}
            at = {"start_time": word["end"], "end_time": word["end"]}
            rows.append({"type": "punctuation", "alternatives": [mark], **at})
    return rows


NAMED: dict[str, tuple[tuple[str, str], object]] = {
    "words, spaces and sounds": (
        TWO,
        {"text": "x", "words": [row for n, one in enumerate(SAID) for row in spaced(*one, TWO[n])]},
    ),
    "words and marks with times": (
        ("S1", "S2"),
        {"results": [row for n, one in enumerate(SAID) for row in attached(*one, f"S{n + 1}")]},
    ),
    "words of each result": (
        ("Speaker 1", "Speaker 2"),
        {
            "results": [
                {
                    "alternatives": [
                        {
                            "transcript": one[0],
                            "words": [
                                {
                                    "startOffset": f"{word['start']:.3f}s",
                                    "endOffset": f"{word['end']:.3f}s",
                                    "word": word["word"],
                                    "speakerLabel": str(n + 1),
                                }
                                for word in words(*one)
                            ],
                        }
                    ]
                }
                for n, one in enumerate(SAID)
            ]
        },
    ),
    "names in a list beside the talk": (
        ("Ivo Lang", "Nkem"),
        {"speakers": [{"id": 0, "name": "Ivo Lang"}, {"id": 1, "name": "Nkem"}], "monologues": REV},
    ),
    "parties beside the talk": (
        ("Ivo Lang", "Nkem"),
        {
            "parties": [{"speakerId": "77011", "name": "Ivo Lang"}, {"speakerId": "77012", "name": "Nkem"}],
            "transcript": [
                {"speakerId": f"7701{n + 1}", "sentences": [{"start": at, "end": till, "text": said}]}
                for n, (said, at, till) in enumerate(SAID)
            ],
        },
    ),
    "the sources of sound, and dates": (
        ("system", "microphone"),
        [
            {
                "source": ("system", "microphone")[n],
                "text": said,
                "start_timestamp": f"2026-03-02T00:00:{at:06.3f}Z",
                "end_timestamp": f"2026-03-02T00:00:{till:06.3f}Z",
            }
            for n, (said, at, till) in enumerate(SAID)
        ],
    ),
    "numbers of speakers as text": (
        ("Speaker 1", "Speaker 0"),
        {
            "transcription": [
                {"offsets": {"from": at * 1000, "to": till * 1000}, "text": said, "speaker": str(1 - n)}
                | {"timestamps": {"from": f"00:00:0{at:.3f}", "to": f"00:00:0{till:.3f}"}}
                for n, (said, at, till) in enumerate(SAID)
            ]
        },
    ),
}


def test_only_a_list_of_people_names_them(tmp_path: Path) -> None:
    chapters = [{"id": n, "name": name} for n, name in enumerate(("Hello", "The end"))]
    whole = {"chapters": chapters, "segments": turns("text", "start", "end")}
    (tmp_path / "a.json").write_text(json.dumps(whole))

    assert [piece.speaker for piece in read(tmp_path / "a.json")] == ["Speaker 0", "Speaker 1"]


@pytest.mark.parametrize("shape", NAMED)
def test_the_names_of_a_file_are_kept(shape: str, tmp_path: Path) -> None:
    names, whole = NAMED[shape]
    (tmp_path / "a.json").write_text(json.dumps(whole))

    found = read(tmp_path / "a.json")

    assert [(piece.speaker, piece.text) for piece in found] == list(zip(names, (ASKED, TOLD), strict=True))
    assert [piece.start for piece in found] == pytest.approx([1.0, 3.0], abs=0.01)
    assert [piece.end for piece in found] == pytest.approx([2.5, 6.5], abs=0.01)


def test_a_mark_of_another_speaker_takes_the_text_apart(tmp_path: Path) -> None:
    rows = [{"start": at, "end": till, "text": f"{said} [SPEAKER_TURN]"} for said, at, till in LONGER]
    (tmp_path / "a.json").write_text(json.dumps({"segments": rows}))

    assert [(piece.speaker, piece.text) for piece in read(tmp_path / "a.json")] == [
        (f"Speaker {1 + n % 2}", text) for n, (text, _, _) in enumerate(LONGER)
    ]


def test_the_only_channel_is_nobodys_name(tmp_path: Path) -> None:
    rows = [{"channel": 0, "text": said, "start": at, "end": till} for said, at, till in LONGER]
    (tmp_path / "a.json").write_text(json.dumps({"phrases": rows}))

    assert {piece.speaker for piece in read(tmp_path / "a.json")} == {""}


@pytest.mark.parametrize(
    "whole",
    [
        {"name": "a", "scripts": [{"name": "build", "command": "make it all"}]},
        {"type": "FeatureCollection", "features": [{"geometry": {"x": 1}, "id": 2}]},
        {"rows": [{"text": "One."}, {"text": "Two."}]},
        {"deep": [[[{"speaker": "A", "text": "One."}]]]},
    ],
)
def test_other_json_is_no_talk(whole: object, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(whole))

    with pytest.raises(ForeignError, match="is no transcript"):
        read(tmp_path / "a.json")


@pytest.mark.parametrize(("end", "length"), [(4, 4.0), (400, 400.0), (4000, 4.0), (40_000_000, 4.0)])
def test_whole_times_are_seconds_unless_the_talk_would_be_far_too_slow(
    end: int, length: float, tmp_path: Path
) -> None:
    row = {"speaker": "A", "text": "I rang him at five and he came at once.", "start": 0, "end": end}
    (tmp_path / "a.json").write_text(json.dumps([row]))

    assert read(tmp_path / "a.json")[0].end == pytest.approx(length)


def test_the_unit_of_words_alone_is_told_by_all_of_them_however_short_the_first_turn(tmp_path: Path) -> None:
    rows = [("Hello there.", 500, 900, "A"), *[(f"{TOLD} {TOLD}", 1000, 30_000, "B")] * 4]
    spelled = [word for text, at, to, who in rows for word in spaced(text, at, to, who)]
    whole = [word | {"start": round(word["start"]), "end": round(word["end"])} for word in spelled]
    (tmp_path / "a.json").write_text(json.dumps({"utterances": None, "words": whole}))

    assert read(tmp_path / "a.json")[0].start == pytest.approx(0.5)
