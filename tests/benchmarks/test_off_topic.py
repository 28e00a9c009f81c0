"""Talk about something else earns no point, whether that is sure or only in doubt."""

import random
from collections.abc import Collection, Iterator, Sequence
from zlib import crc32

import numpy as np
import pytest

from benchmarks.stories import answers, interrupted, passages, variants
from vivavoce.simulator.engine.embeddings import embedding
from vivavoce.transcripts.scoring import reading, rubric
from vivavoce.transcripts.scoring.assessment import Reader, assess
from vivavoce.transcripts.story import off_topic
from vivavoce.transcripts.story.parts import Vectors
from vivavoce.transcripts.story.sentences import sentences

ELSEWHERE = {text for passage in passages(heldout=False) for text in passage}
EVERY, FEWEST = 25, 6  # of the variants, and sentences of one
SEED = 4


class Knowing:
    """An embedding that knows which sentences are from a passage: each is like its own kind alone."""

    def __init__(self, elsewhere: Collection[str] = frozenset(ELSEWHERE)) -> None:
        self._elsewhere = elsewhere

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Return a unit vector for each: the kind, and something of its own."""
        rows = np.zeros((len(texts), 384), np.float32)
        for index, text in enumerate(texts):
            own = 2 + crc32(text.encode()) % 382
            rows[index, int(text in self._elsewhere)], rows[index, own] = 0.8, 0.6
        return rows


READER = Reader(Knowing())

# Whole: short, with an end that tells no number or leads on from the story to now; or with steps that are
# hardly about what the rest is.
WHOLE = {
    "Tell me about a time you failed.": (
        "Last spring I ordered the flowers for the wrong Saturday. When the florist rang on Friday I "
        "drove to the wholesale market at four in the morning, bought what there was, and tied the "
        "bouquets with my sister until noon. The couple got a third off their bill. Since then each "
        "date is read back to me aloud."
    ),
    "Tell me about a mistake you made.": (
        "In my second month on the ward I wrote a dose in the wrong column. I noticed at the end of "
        "the shift, told the charge nurse, and we checked all eleven charts of that day together. Two"
        " had to be corrected. I still fill in the column before I draw up anything."
    ),
    "Tell me about a time you improved something.": (
        "Our school library lost about ninety books a year. I put a basket at each classroom door and"
        " made two pupils per class the keepers of it. By summer nine were missing. The town now does"
        " it in all four schools."
    ),
    "Tell me about a conflict.": (
        "The night baker and I argued for weeks about who cleans the mixer. I asked him to show me "
        "his hours, and saw that he had eight minutes between two doughs. So I moved the cleaning to "
        "my side and gave him the deliveries. Nobody has shouted since. We even took the same holiday"
        " last year."
    ),
    "Tell me about a time you took a risk.": (
        "Our only supplier of yeast went bankrupt in a week. I signed with a firm in another country "
        "without asking my boss, because he was on a plane. It saved us fourteen days of standing "
        "still. My boss told me off and then put it in the newsletter."
    ),
    "Tell me about a time you led a change without being the boss.": (
        "Our bus company had forty depots and each wrote its fault notes in another way. After a "
        "breakdown nobody could read what the other depot had written. I wanted one form but I was only "
        "a fitter. I drew a form and sent it round to all foremen. Only three answered, so I went to the "
        "others one by one at lunch. I made a pad with one foreman from the tram side so that filling it "
        "in took less than a minute. For those who held out I wrote the first ones myself. Thirty depots "
        "had it when I left, and it is in the new handbook. The workshop says it finds the broken part "
        "much sooner."
    ),
}


def cases() -> Iterator[tuple[str, str, str]]:
    """Yield answers of ours with their question, and the same with a passage in a place by chance."""
    chance, extra = random.Random(SEED), passages(heldout=False)
    many = [one for answer in answers() for one in variants(answer) if len(one.texts) >= FEWEST]
    for one in many[::EVERY]:
        longer = interrupted(one, chance.choice(extra), chance.randrange(len(one.texts) + 1))
        text = " ".join(longer.texts)
        if [text[start:end].strip() for start, end in sentences(text)] == longer.texts:
            yield " ".join(one.texts), one.question, text


def risen() -> tuple[int, int]:
    """Return of how many answers a passage raises a score, and of how many it does not."""
    counts = [0, 0]
    for text, question, longer in cases():
        before, after = (assess(each, question, READER).scores for each in (text, longer))
        assert before
        assert after
        counts[all(after[name] <= before[name] for name in before)] += 1
    return counts[0], counts[1]


@pytest.mark.proves("N04")
@pytest.mark.parametrize("sure", [True, False])
def test_a_passage_about_something_else_raises_no_score(monkeypatch: pytest.MonkeyPatch, sure: bool) -> None:
    if not sure:
        monkeypatch.setattr(off_topic, "SURE", float("inf"))
    raised, not_raised = risen()
    assert raised == 0
    assert not_raised > 25


def test_without_the_doubt_it_would(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(off_topic, "SURE", float("inf"))
    monkeypatch.setattr(reading, "runs", lambda *_: [])
    assert risen()[0] > 0


@pytest.mark.proves("N03")
def test_what_doubt_takes_is_shown_with_the_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(off_topic, "SURE", float("inf"))
    shown = 0
    for _, question, longer in cases():
        found = assess(longer, question, READER)
        for one in found.findings:
            if one.code == rubric.DOUBTFUL:
                shown += 1
                assert one.kind == rubric.GAP
                assert found.quote(one).strip() in ELSEWHERE
                assert all(points > 0 for points in one.costs.values())
        assert not any(one.code == "off-topic" for one in found.findings)
    assert shown > 0


@pytest.mark.proves("N03")
def test_what_alone_tells_a_part_is_not_off_topic_beyond_doubt() -> None:
    question = "Tell me about a time you improved something."
    begin = (
        "Last winter I was the clerk at the front desk of a small hotel. Every morning the queue reached the "
        "door. It was up to me to shorten it before the spring fair. "
    )
    odd = ["I timed ten guests, because nobody knew why.", "Then I moved the printer and wrote a list."]
    end = "As a result the queue took four minutes instead of eleven, and the owner thanked me."
    more = "I asked two colleagues what they saw, rang the owner, and changed the order of the forms. "
    reader = Reader(Knowing(odd))
    alone, beside = (assess(f"{begin}{x}{' '.join(odd)} {end}", question, reader) for x in ("", more))
    assert "off-topic" not in {one.code for one in alone.findings}
    assert "off-topic" in {one.code for one in beside.findings}
    assert alone.present["action"]
    assert beside.present["action"]


@pytest.mark.parametrize(("question", "told"), WHOLE.items())
def test_nothing_of_a_whole_story_is_in_doubt_or_called_off_topic(question: str, told: str) -> None:
    means = embedding()
    assert means is not None
    found = assess(told, question, Reader(means))
    assert not {rubric.DOUBTFUL, "off-topic"} & {one.code for one in found.findings}


def test_more_than_half_of_an_answer_is_no_run() -> None:
    rows = np.eye(5, 384, dtype=np.float32)
    rows[:3, 380] = rows[3:, 381] = 3.0  # three are alike, and two, and neither is like the other
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    found = off_topic.runs(["ab cd.", "ef gh.", "ij kl.", "mn op.", "qr st."], rows, "")
    assert [(one.begin, one.end) for one in found if one.end - one.begin > 2] == []
    assert (3, 5) in [(one.begin, one.end) for one in found]
