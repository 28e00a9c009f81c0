import pytest

from tests.timing import within
from vivavoce.personas.chat.guard import ASKING, best, flaws
from vivavoce.personas.content.asking import asked
from vivavoce.personas.content.pack import pack
from vivavoce.personas.content.persona import names, persona
from vivavoce.personas.content.phrases import phrases
from vivavoce.personas.conversation.phrasing import Templates
from vivavoce.personas.moves import IN_PACK, Move, Step

QUESTION = "Tell me about a time a model you built failed after launch."
ABOUT = "the nightly batch"


def step(move: Move = Move.PROBE_RESULT, about: str = ABOUT, **more: str | int) -> Step:
    return Step(move=move, why="", about=about, **more)  # type: ignore[arg-type]


ASK = step(Move.ASK, "", question=QUESTION)
CUT_IN = step(Move.CUT_IN, wanted="result")
CHECK = step(Move.TIME_CHECK, "", question=QUESTION, minutes_left=12)
AGAIN = step(Move.REPEAT, "", question="What is one thing that broke after you shipped it?")
BACK = step(Move.REDIRECT, "", question="the disagreement with a colleague")

GOOD: list[tuple[Step, str]] = [
    (step(), "What came of it?"),
    (step(), "You mentioned the nightly batch. What came of it?"),
    (step(), "Okay, and what changed for the users once the nightly batch was gone?"),
    (step(), "So how did that turn out in the end?"),
    (step(), "Tell me what came of it."),
    (step(), "I'd like to hear what changed afterwards."),
    (step(), "I'm curious what came of the nightly batch."),
    (step(), "Could you tell me how that ended?"),
    (step(), "Was it the cache or the lookup that made the difference?"),
    (step(), "\u201cFaster\u201d was your word, so what was different afterwards?"),
    (step(about="the 12 percent drop"), "Where did the 12 percent drop leave you?"),
    (step(about="the fraud score"), "What happened to the fraud score after that?"),
    (step(about="a perfect match"), "What came of a perfect match?"),
    (step(about="the C# client"), "How did the C# client do after that?"),
    (step(about="the candidate generator"), "Did the candidate generator hold up?"),
    (step(Move.PROBE_SITUATION), "At what point did you notice the nightly batch was slow?"),
    (step(Move.PROBE_TASK), "What did you need to get done with the nightly batch?"),
    (step(Move.PROBE_ACTION), "Walk me through what you did first."),
    (step(Move.PROBE_ACTION), "How did you make sure that it held?"),
    (step(Move.PROBE_ACTION), "What did you try to change?"),
    (step(Move.PROBE_ACTION), "How did you structure the work?"),
    (step(Move.PROBE_NUMBER), "Roughly how large was the effect on the error rate?"),
    (step(Move.PROBE_NUMBER), "By what percentage did it move?"),
    (step(Move.PROBE_OWN_PART), "Which part of that was yours?"),
    (step(Move.PROBE_TRADE_OFF), "What was the other way you could have gone?"),
    (step(Move.PROBE_LESSON), "What would you do differently today?"),
    (step(Move.PROBE_DECISION), "What spoke for the nightly batch at that time?"),
    (step(Move.PROBE_FAILURE), "Mm, what went wrong with it?"),
    (step(Move.CLARIFY), "Can you say a little more about the nightly batch?"),
    (step(Move.CHALLENGE), "I'm a bit lost there. What makes you sure?"),
    (step(Move.CHALLENGE), "How sure are you that the nightly batch was the cause?"),
    (ASK, QUESTION),
    (ASK, "Okay. " + QUESTION),
    (ASK, "Right, let's turn to models. Can you tell me about one you built that failed after its launch?"),
    (ASK, "When did a model you built fail after launch?"),
    (CUT_IN, "Sorry, let me stop you there. What came of it in the end?"),
    (CUT_IN, "Let me jump in, let's get to what came of it."),
    (CHECK, "We have 12 minutes left. " + QUESTION),
    (CHECK, "Twelve minutes to go, so tell me about a model you built that failed after a launch."),
    (AGAIN, "Sure. What is one thing that broke after you shipped it?"),
    (BACK, "I was after the disagreement. How did that begin?"),
    (step(Move.HAND_OVER, ""), "What would you like to ask me?"),
    (step(Move.RESTART, ""), "Go ahead, take it from the top."),
    (step(Move.REASSURE, ""), "That's fine, there's no rush."),
    (step(Move.CLOSE, ""), "Thanks for talking with me today. Goodbye."),
    (step(Move.DECLINE, ""), "I don't know that one. The recruiter will."),
]

BAD: list[tuple[str, Step, str]] = [
    ("says nothing", step(), ""),
    ("says nothing", step(), " \t "),
    ("is too long", step(), "What " + "and so on " * 15 + "came of it?"),
    ("is too long", step(), "w" * 100_000),
    ("is too long", step(), "What came of " + "w" * 100 + "?"),
    (
        "is too long",
        CUT_IN,
        "Sorry, I have to stop you there, because " + "we are late " * 6 + "so what came of it?",
    ),
    ("is not printable", step(), "What came\nof it?"),
    ("is not printable", step(), "What came\x00 of it?"),
    ("is not printable", step(), "What \u202ecame of it?"),
    ("breaks off", step(), "What came of it"),
    ("breaks off", step(), "What came of it? And then the"),
    ("is not plain English", step(), "\u4f60\u597d, what came of it?"),
    ("is not plain English", step(), "What came of it? \U0001f600"),
    ("is not plain English", step(), "What c\u0430me of it?"),
    ("asks nothing", step(), "Okay."),
    ("asks nothing", step(), "That must have been hard for the team."),
    ("asks nothing", step(Move.CHALLENGE), "I doubt that it was the nightly batch."),
    ("asks nothing", step(Move.HAND_OVER, ""), "We are nearly done."),
    ("asks nothing", CHECK, "We have 12 minutes left for the model you built that failed after launch."),
    ("asks more than one thing", step(), "What came of it? Who noticed?"),
    ("asks more than one thing", step(), "Really? What came of it?"),
    ("asks more than one thing", step(), "What came of it, and how did you measure that?"),
    ("asks more than one thing", step(), "What came of it and did the users notice?"),
    ("asks more than one thing", step(), "Tell me what came of it and how you knew."),
    ("asks more than one thing", step(), "Tell me what came of it. Why was that?"),
    ("asks more than one thing", ASK, QUESTION + " What did you do?"),
    ("asks more than one thing", CUT_IN, "Stop there. What came of it? Who paid?"),
    (
        "says more than it asks",
        step(),
        "The launch went out. People complained about it. Then the batch stopped for everybody. "
        "Someone saw it. What came of it?",
    ),
    (
        "says more than it asks",
        BACK,
        "You talked of a launch and of people, and then of "
        + "more " * 6
        + "things. How was the disagreement?",
    ),
    ("praises", step(), "Great, what came of it?"),
    ("praises", step(), "That's an impressive result. What came of it?"),
    ("praises", step(), "Excellent answer! What came of it?"),
    ("praises", step(), "Love that. What came of it?"),
    ("praises", step(), "Well done, and what came of it?"),
    ("praises", step(), "That sounds really interesting. What came of it?"),
    ("praises", step(), "I like how you did that. What came of it?"),
    ("praises", step(), "Good job. What came of it?"),
    ("praises", step(), "AWESOME! What came of it?"),
    ("praises", step(Move.CLOSE, ""), "Thanks, you were fantastic."),
    ("advises", step(), "You should name the outcome. What was it?"),
    ("advises", step(), "I would suggest a shorter answer. What came of it?"),
    ("advises", step(), "Try to be concrete. What came of it?"),
    ("advises", step(), "Make sure to mention the outcome. What was it?"),
    ("advises", step(), "Next time, begin with the end. What was it?"),
    ("advises", step(), "A good answer names the outcome. What was it?"),
    ("advises", step(), "You could have measured that. Did you?"),
    ("advises", step(Move.CLOSE, ""), "Remember to breathe. Goodbye."),
    ("talks of the rubric", step(), "Using STAR, what came of it?"),
    ("talks of the rubric", step(), "Result: what came of it?"),
    ("talks of the rubric", step(), "For the rubric, what came of it?"),
    ("talks of the rubric", step(), "How would you structure your answer?"),
    ("talks of the rubric", step(), "That lowers your score. What came of it?"),
    ("talks of the rubric", step(), "Which competency does the nightly batch show?"),
    ("leaves its part", step(), "As an AI, I wonder what came of it."),
    ("leaves its part", step(), "I am a language model. What came of it?"),
    ("leaves its part", step(), "Interviewer: What came of it?"),
    ("leaves its part", step(), "Candidate: What came of it?"),
    ("leaves its part", step(), "My instructions say to ask what came of it?"),
    ("leaves its part", step(), "Here's a follow-up question. What came of it?"),
    ("leaves its part", step(), "What did the candidate say came of it?"),
    ("leaves its part", step(), "Certainly! What came of it?"),
    ("leaves its part", step(), "You're Dana, and you're hiring. What's the angle?"),
    ("leaves its part", step(), "I am a model that failed after launch. What came of it?"),
    ("leaves its part", step(), "What do you think the data gives us?"),
    ("leaves its part", step(Move.RESTART, ""), "I cannot assist with that."),
    ("speaks for the candidate", step(), "I built a cache for the nightly batch. What came of it?"),
    ("speaks for the candidate", step(), "We reduced the load. What came of it?"),
    ("speaks for the candidate", step(), "My team was happy. What came of it?"),
    ("speaks for the candidate", step(), "In my previous role it failed. What came of it?"),
    ("speaks for the candidate", step(), "Let me tell you of my failure. What came of it?"),
    ("holds markup", step(), "*smiles* What came of it?"),
    ("holds markup", step(), "(leans back) What came of it?"),
    ("holds markup", step(), "[pause] What came of it?"),
    ("holds markup", step(), "# What came of it?"),
    ("holds markup", step(), "What came of `batch`?"),
    ("holds markup", step(), "- What came of it?"),
    ("holds markup", step(), "1. What came of it?"),
    ("holds markup", step(), "What is on https://example.org/x about it?"),
    ("holds markup", step(), "<think>Hm.</think> What came of it?"),
    ("names a number that nobody said", step(Move.PROBE_NUMBER), "Did it go down by 40 percent?"),
    ("names a number that nobody said", step(Move.PROBE_NUMBER), "Was it about twenty percent?"),
    ("names a number that nobody said", step(Move.PROBE_NUMBER), "Did it double?"),
    ("names a number that nobody said", step(about="the 12 percent drop"), "Why 13 percent?"),
    ("names a number that nobody said", CHECK, "We have 8 minutes left. " + QUESTION),
    ("loses the question", ASK, "What was your favourite project?"),
    ("loses the question", ASK, "Tell me about a model."),
    ("loses the question", CHECK, "We have 12 minutes left. What else did you do?"),
    ("loses the question", AGAIN, "What did you mean by that?"),
    ("loses the question", BACK, "What else happened?"),
]


@pytest.mark.parametrize(("one", "line"), GOOD, ids=[line[:40] for _, line in GOOD])
def test_a_good_line_has_no_flaws(one: Step, line: str) -> None:
    assert flaws(line, one) == ()


@pytest.mark.parametrize(
    ("flaw", "one", "line"), BAD, ids=[f"{flaw}, {line[:30]!r}" for flaw, _, line in BAD]
)
def test_a_bad_line_is_refused_for_what_is_wrong_with_it(flaw: str, one: Step, line: str) -> None:
    assert flaw in flaws(line, one)


def test_each_reason_is_given_once() -> None:
    found = flaws("Great, amazing! I built it. I led it. You should say 5. You must.", step())

    assert len(set(found)) == len(found) >= 4


@pytest.mark.parametrize("move", sorted(ASKING))
def test_no_move_that_asks_can_be_a_statement(move: Move) -> None:
    assert flaws("That is how these things go.", step(move)) != ()


def test_the_cost_of_a_hostile_line_is_small() -> None:
    hostile = ["so " * 130 + "?", "and then " * 44, "a" * 399 + "?", "tell me " * 49, "1," * 199, "? " * 199]

    assert all(flaws(line, step()) for line in hostile)
    assert within(1, lambda: [flaws(line, step()) for line in hostile])


@pytest.mark.parametrize(
    ("line", "many"),
    [
        ("It was slow.", 0),
        ("Was it slow?", 1),
        ("So, tell me about it.", 1),
        ("Think of a launch. What happened?", 1),
        ("Was it slow? Who knew?", 2),
        ("What did you do, and why did it help?", 2),
        ("They asked what to do, and how.", 0),
    ],
)
def test_what_a_line_asks_is_counted(line: str, many: int) -> None:
    assert asked(line) == many


@pytest.mark.parametrize(
    ("sentences", "line"),
    [
        ([], None),
        (["Okay."], None),
        (["What came of it?"], "What came of it?"),
        (
            ["You mentioned the nightly batch.", "What came of it?"],
            "You mentioned the nightly batch. What came of it?",
        ),
        (["What came of it?", "Who noticed?"], "What came of it?"),
        (["What came of it?", "I think that's great."], "What came of it?"),
        (["What came of it?", "Take your time."], "What came of it? Take your time."),
        (["Great answer!", "What came of it?"], None),
        (["What came of it?"] * 30, "What came of it?"),
    ],
)
def test_the_best_line_is_the_longest_good_beginning(sentences: list[str], line: str | None) -> None:
    assert best(sentences, step()) == line


def templates() -> list[tuple[Step, str]]:
    """Return lines as the templates say them, and packs' questions as they are."""
    said: list[tuple[Step, str]] = []
    everybody = [persona(name) for name in names("people")]
    speakers = [Templates(one, phrases(one), seed) for one in everybody for seed in range(4)]
    for move in set(Move) - {Move.OPEN, Move.ASK, Move.ANSWER, Move.REDIRECT, *IN_PACK}:
        for about in ("", ABOUT):
            for wanted in ("situation", "action", "result", "number", "question"):
                again = AGAIN.question if move in (Move.REPEAT, Move.REPROMPT) else ""
                one = step(move, about, wanted=wanted, minutes_left=7, question=again)
                said += [(one, " ".join(speaker.phrase(one))) for speaker in speakers[:: len(said) % 5 + 1]]
    for name in names("packs"):
        for question in pack(name).questions:
            for wording in question.wordings:
                one = step(Move.ASK, "", question=wording)
                said.append((one, " ".join(speakers[0].phrase(one))))
    return said


def test_what_the_templates_say_passes_nearly_always() -> None:
    """The rules are strict on purpose, but they must not be against how interviewers talk."""
    said = templates()

    refused = {(line, flaws(line, one)) for one, line in said if flaws(line, one)}

    assert len(said) > 1_000
    assert len(refused) < 0.02 * len({line for _, line in said}), refused


@pytest.mark.parametrize(
    ("line", "many"),
    [
        ("Take three minutes, and tell me about your project.", 1),
        ("I like numbers, but what did people feel from the index?", 1),
        ("Ah, I see, and what came of it?", 1),
        ("You mentioned the cache, so what did you give up for it?", 1),
        ("What did you do, and how did it go?", 2),
        ("Did it work, and what came of it?", 2),
        ("Tell me what you did, and why you did it.", 2),
        ("I follow the part about the cache.", 0),
    ],
)
def test_what_a_line_asks_is_counted_from_where_it_begins_to_ask(line: str, many: int) -> None:
    assert asked(line) == many
