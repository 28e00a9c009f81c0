import re
from collections import Counter

import pytest

from vivavoce.personas.content.asking import asked
from vivavoce.personas.content.lint import poor
from vivavoce.personas.content.persona import ABOUT, PROBES, Persona, names, persona
from vivavoce.personas.content.phrases import Phrases, phrases
from vivavoce.personas.moves import IN_PACK, Move
from vivavoce.transcripts.events import Seconds

FILLED = {
    "about": "you moved the stock flag of every shop into the store",  # as long as a claim gets
    "name": "Dana",
    "role": "principal engineer from another team",
    "theme": "making something dependable with another team",
    "minutes": "12 minutes",
    "next": "Dana",
}
INFLATED = (
    r"\b(?:great|excellent|amazing|impressive|perfect|awesome|fantastic|wonderful|brilliant|"
    r"good job|well done)\b"
)
ADVICE = (
    r"\b(?:you should|try to|remember to|make sure|don't forget|next time|a good answer|"
    r"I'd suggest|be sure to)\b"
)
RUBRIC = r"\b(?:STAR|scor\w*|rubrics?|structure\w*|framework\w*|competenc\w*)\b"
REDIRECTS = ("situation", "action", "result", "number", "question")
JUDGING = r"\b(?:interesting|sense|fair|good|nice|fine|sure|clearly|(?<!-)hm+|well|really)\b"
PRESUMING = (  # what perhaps nobody said, and the questions that take it for granted
    r"\b(?:the (?:number|figures?|measurements?|call|decision|rest|others|team|price|cost|downside|catch|"
    r"drawbacks?|problem|obstacle|plan|change|difference|difficult part|people)|"
    r"(?:that|which) (?:point|moment)|everyone|everybody|plan b|bottleneck|(?:better|worse) off|in place|"
    r"day is|if they looked|made it difficult|were not met|your (?:team|manager|colleagues?|users))\b|"
    r"^(?:What (?:broke|went wrong|did you (?:give up|drop|lose|cut|reject)|"
    r"got (?:delayed|dropped|pushed)|had to wait)|"
    r"Who (?:had|made|noticed|gained|benefit\w*|saw|helped|felt|did you|was on)\b)"
)
# Another line with the question follows these.
LEAD_INS = (
    "cut in",
    "repeat",
    "reprompt",
    "restart",
    "reassure",
    "boundary",
    "later",
    "time check",
    "decline",
)
STATEMENTS = (*LEAD_INS, "greeting", "acknowledge", "encourage", "close", "claim")
FOLLOWS_ANYTHING = (*PROBES, "challenge", "redirect to")
ASKS = (*PROBES, "clarify", "challenge", "redirect", "redirect to", "hand over", "more questions")


def everything() -> list[tuple[str, str, str, str]]:
    """Return whose each line is, its key, its kind and the line."""
    said = [("everybody", *place, line) for place, lines in phrases().by_place.items() for line in lines]
    for name in names("people"):
        own = phrases(persona(name)).by_place
        said += [
            (name, *place, line)
            for place, lines in own.items()
            if lines != phrases().by_place.get(place)
            for line in lines
        ]
    return said


BARE_CLAIMS = ("{about}.", "So {about}.")
KNOWN_BY = (
    *("probe(hardest step)", "probe(aftermath)", "probe(lesson)", "probe(own part)", "probe(trade-off)"),
    *("probe(decision)", "probe(number)", "probe(failure)", "probe(result)", "probe(action)"),
)
EVERYTHING = everything()
SHARED = phrases()


def failing(wrong: str, flags: int = re.IGNORECASE) -> list[str]:
    return [line for *_, line in EVERYTHING if re.search(wrong, line, flags)]


def test_every_line_is_short_when_filled() -> None:
    assert [line for *_, line in EVERYTHING if len(line.format(**FILLED).split()) > 35] == []


def test_no_line_is_poor_when_spoken() -> None:
    assert [(line, *poor(line)) for *_, line in EVERYTHING if [*poor(line)]] == []


@pytest.mark.parametrize(
    "wrong", [INFLATED, ADVICE, RUBRIC, r"[;:()]", r"\s{2}|^\s|\s$", r"[^.?!]$", r"!", r"[\u2013\u2014]"]
)
def test_no_line_praises_advises_or_talks_like_a_form(wrong: str) -> None:
    assert failing(wrong) == []


def test_an_acknowledgement_neither_judges_nor_doubts() -> None:
    said = {line for _, key, _, line in EVERYTHING if key == "acknowledge"}

    assert [line for line in said if re.search(JUDGING, line, re.IGNORECASE)] == []


def test_probes_ask_exactly_one_thing() -> None:
    assert [line for _, key, _, line in EVERYTHING if key in ASKS and asked(line) != 1] == []


def test_a_follow_up_takes_nothing_for_granted() -> None:
    """It has to be right after any answer: "Was there a price to it?", not "What was the price?"."""
    said = {line for _, key, kind, line in EVERYTHING if key in FOLLOWS_ANYTHING and kind != "about"}

    assert [line for line in said if re.search(PRESUMING, line, re.IGNORECASE)] == []


def test_whoever_told_no_step_is_asked_for_none_of_their_steps() -> None:
    steps = r"\bwhich (?:of (?:your|the) |thing )?(?:steps?|things?|you did)\b|\byour steps\b"

    assert failing(steps) == []


def test_who_asks_who_listens_is_not_told_yes() -> None:
    assert [line for _, key, _, line in EVERYTHING if key == "kept" and line.startswith("Yes")] == []


@pytest.mark.parametrize("line", ["What's the number?", "How did it go for everyone?", "Who made the call?"])
def test_what_is_taken_for_granted_is_found(line: str) -> None:
    assert re.search(PRESUMING, line, re.IGNORECASE)


def test_lines_before_a_question_ask_nothing_themselves() -> None:
    assert [line for _, key, _, line in EVERYTHING if key in STATEMENTS and asked(line)] == []


def test_a_line_about_something_names_it_and_a_plain_one_does_not() -> None:
    kinds = [(kind, line) for _, key, kind, line in EVERYTHING if key in ABOUT]

    assert [line for kind, line in kinds if ("{about}" in line) != (kind == "about")] == []


def test_what_is_named_never_has_to_agree_with_its_verb() -> None:
    assert failing(r"\{about\} (?:is|was|has|does|makes|hurts|means|helps|isn't|wasn't|hasn't)\b") == []


def test_only_a_claim_may_begin_a_line() -> None:
    """A claim is "you moved the cache": at the head of a line it gets its capital, and nowhere else."""
    assert failing(r"[.?!] \{about\}|^\{(?:theme|minutes)\}") == []


@pytest.mark.parametrize("key", [*PROBES, "clarify", "challenge"])
def test_there_are_many_probes_of_each_kind(key: str) -> None:
    assert len(SHARED.lines(key)) >= 12


@pytest.mark.parametrize("key", [*PROBES, "challenge"])
def test_each_question_comes_behind_each_way_of_saying_a_claim(key: str) -> None:
    claims, plain, about = (
        SHARED.lines("claim", "about"),
        SHARED.lines(key),
        SHARED.lines(key, "about"),
    )

    assert set(about) == {f"{claim} {line}" for claim in claims for line in plain}


@pytest.mark.parametrize("key", [*LEAD_INS, "encourage", "redirect", "hand over", "more questions", "close"])
def test_there_are_many_of_all_the_others(key: str) -> None:
    assert len(SHARED.lines(key)) >= 10


def test_there_are_many_greetings_acknowledgements_and_redirects() -> None:
    assert len(SHARED.lines("greeting")) == len(SHARED.lines("greeting", "quiet")) >= 10
    assert len(SHARED.lines("acknowledge")) >= 15
    assert all(len(line.split()) <= 4 for line in SHARED.lines("acknowledge"))
    assert all(len(SHARED.lines("redirect_to", part)) >= 10 for part in REDIRECTS)
    assert all(len(line.split()) <= 14 for part in REDIRECTS for line in SHARED.lines("redirect_to", part))


def test_no_line_is_shared_twice() -> None:
    lines = Counter((who, key, line.lower()) for who, key, _, line in EVERYTHING)

    assert [line for line, many in lines.items() if many > 1] == []


def test_every_move_has_words_or_takes_them_from_the_pack() -> None:
    worded = {key for key, _ in SHARED.by_place}

    assert {move.value for move in Move} - worded == {"open", "ask", "answer", "tell", *IN_PACK}


def test_a_greeting_names_the_interviewer_and_only_the_quiet_one_announces_nothing() -> None:
    announces = re.compile(
        r"interrupt|jump|cut|step|stop|break|hop|come in|speak up|talk over|keep us moving|mid-sentence"
    )
    greetings = [(kind, line) for _, key, kind, line in EVERYTHING if key == "greeting"]

    assert all("{name}" in line and "{role}" in line for _, line in greetings)
    assert [line for kind, line in greetings if kind == "plain" and not announces.search(line)] == []
    said = re.compile(r"interrupt|jump in|cut in|step in|hop in|break in")
    assert [line for kind, line in greetings if kind == "quiet" and said.search(line)] == []


def test_a_time_check_says_the_time_and_a_redirect_the_theme() -> None:
    timed = ("time check", "few minutes", "time is over")
    assert [line for _, key, _, line in EVERYTHING if (key in timed) != ("{minutes}" in line)] == []
    assert [line for _, key, _, line in EVERYTHING if (key == "redirect") != ("{theme}" in line)] == []


def someone(**lines: tuple[str, ...]) -> Persona:
    return Persona(
        id="ann",
        name="Ann",
        role="engineer",
        rate_wpm=150,
        encourage_after=Seconds(8),
        reprompt_after=Seconds(20),
        give_up_after=Seconds(60),
        cut_in_after=Seconds(25),
        phrases={key.replace("_", " "): said for key, said in lines.items()},
    )


def test_every_other_line_is_a_personas_own_while_there_are_any() -> None:
    own = phrases(
        someone(cut_in=("Stop, I have {about}.",), greeting_quiet=("{name}.",), redirect_to_result=("So?",))
    )
    someone_acknowledging = phrases(someone(acknowledge=("Hm.",)))

    assert own.lines("cut in", "about") == ("Stop, I have {about}.", *SHARED.lines("cut in", "about"))
    assert own.lines("cut_in", "plain") == SHARED.lines("cut in", "plain")
    assert own.lines("greeting", "quiet")[:2] == ("{name}.", SHARED.lines("greeting", "quiet")[0])
    assert own.lines("greeting") == SHARED.lines("greeting")
    assert own.lines("redirect_to", "result")[0] == "So?"
    assert someone_acknowledging.lines("acknowledge") == ("Hm.",)
    assert own.lines("close") == SHARED.lines("close")


@pytest.mark.parametrize("key", [*PROBES, "challenge", "claim"])
def test_no_two_personas_follow_up_in_the_same_words(key: str) -> None:
    said = Counter(line for name in names("people") for line in persona(name).phrases.get(key, ()))

    assert [line for line, many in said.items() if many > 1 and line not in BARE_CLAIMS] == []


def test_what_a_persona_is_known_by_is_its_own_alone() -> None:
    for name in names("people"):
        someone = persona(name)
        assert {"claim", *KNOWN_BY, *someone.probes} <= someone.phrases.keys(), name
        for key in KNOWN_BY:
            assert phrases(someone).lines(key) == someone.phrases[key]


def test_where_no_lines_name_anything_there_are_plain_ones() -> None:
    assert SHARED.lines("close", "about") == SHARED.lines("close", "plain")


@pytest.mark.parametrize(("key", "kind"), [("hum", "plain"), ("hand over", "quiet"), ("redirect_to", "task")])
def test_what_there_is_no_list_of_is_a_bug(key: str, kind: str) -> None:
    with pytest.raises(KeyError):
        Phrases(SHARED.by_place).lines(key, kind)


@pytest.mark.parametrize("who", names("people"))
def test_what_was_given_up_can_be_asked_of_any_story(who: str) -> None:
    """Of a quarrel as well as of a piece of work: nothing was left out of a quarrel, nor made later by it."""
    of_a_product = re.compile(r"\b(?:leave anything|left anything|wait|cheaper|late|skip)\b")

    assert [one for one in phrases(persona(who)).lines("probe(trade-off)") if of_a_product.search(one)] == []
