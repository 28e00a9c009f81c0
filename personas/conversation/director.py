"""The director: what the interviewer does next, and why. Pure: where the interview stands in, a step out.

It never changes what it is given; it returns where the interview stands if its line is heard. A
line that a candidate speaks over is dropped by keeping the old standing. How a step is worded is
the phrasing's business.
"""

from collections.abc import Sequence
from dataclasses import replace

from vivavoce.personas.content.pack import Pack
from vivavoce.personas.content.pack_faults import QUESTIONS
from vivavoce.personas.content.persona import Persona
from vivavoce.personas.content.question import Question
from vivavoce.personas.conversation import asides
from vivavoce.personas.conversation.acts import Reply
from vivavoce.personas.conversation.asides import Open, led_in
from vivavoce.personas.conversation.follow_ups import MANY_DONE, done, fit, wanted, whole
from vivavoce.personas.conversation.plan import MOST_IN_PLAN, in_time, next_step, put_to
from vivavoce.personas.conversation.question_choice import chosen, reworded
from vivavoce.personas.conversation.replies import kind
from vivavoce.personas.conversation.standing import Decided, Standing, probed, redirected
from vivavoce.personas.conversation.topics import heard
from vivavoce.personas.conversation.topics import wanted as open_point
from vivavoce.personas.moves import Move, Step
from vivavoce.transcripts.events import Seconds, Word
from vivavoce.transcripts.story.claims import claims
from vivavoce.transcripts.story.progress import stems
from vivavoce.transcripts.story.star import Part
from vivavoce.transcripts.story.subject import Meaning, nothing

MOST_FOLLOW_UPS = 3  # in a row, whatever the persona
SHORT_ANSWER_WORDS = 12
SHORT = "a short answer"  # among what was probed
LATEST_WORDS = 60  # of what is on the subject, in which a cut-in looks for something to name
STORY_WORDS = 30  # who said so much without touching the question answered another one
CLOSING_SECONDS = Seconds(60.0)  # what is left at the end for the candidate's questions
LATE_SHARE = 0.2  # of a round with a plan: then it goes to what matters most
ENOUGH_SHARE = 0.4  # of such a round, for another question to be begun
REDIRECTS = (Part.RESULT, Part.ACTION, Part.NUMBER)  # what a cut-in asks for, the first that was not told

# How long people usually speak then: where no end can be read off, or as an addition.
STORY_SECONDS = Seconds(20.0)
ADDITION_SECONDS = Seconds(4.0)
# What agrees to stop, what has no more to say on the question, and what tells something beside what it does.
AGREES = (Reply.YES, Reply.READY, Reply.ENDING, Reply.THANKS, Reply.ACKNOWLEDGED)
NO_MORE = (Reply.NOT_KNOWN, Reply.NO, Reply.DECLINES, Reply.DISTRESS, Reply.MOVE_ON, Reply.TOLD)
TOLD_TOO = (Reply.ANSWER, Reply.ADDS, Reply.CORRECTS, Reply.LEAVE, Reply.THREAD, Reply.DISTRESS, Reply.CHECKS)
STORIES = {*(Move.OPEN, Move.ASK, Move.TIME_CHECK, Move.REPEAT, Move.RESTART, Move.REDIRECT)}
STORIES |= {Move.CARE, Move.ACCEPT}


class Director:
    """Leads one round: its questions in turn, each followed up on as its answers require."""

    def __init__(
        self,
        persona: Persona,
        pack: Pack,
        minutes: float | None = None,
        seed: int = 0,
        successor: str = "",
        meaning: Meaning = nothing,
    ) -> None:
        """Prepare a round.

        Args:
            persona: how it is led.
            pack: what it asks.
            minutes: how long it takes; without it, as long as the pack says.
            seed: which of the pack's questions come, in which words; seeds in a row ask different ones.
            successor: the name of who leads the round after this one, if there is one.
            meaning: tells what a reply is like, beside its words.
        """
        self._meaning = meaning
        self._persona = persona
        self._successor = successor
        self.round = pack.round
        self._pack = pack
        self._length = Seconds(60 * (minutes or pack.minutes))
        self._seed = seed
        self._planned = pack.plan != QUESTIONS
        self._questions, self._wordings, self._turns = chosen(pack, seed)

    def question(self, at: Standing) -> Question:
        """Return the question that was asked last; before the first, the first."""
        return self._questions[max(0, min(at.asked, len(self._questions)) - 1)]

    def opening(self, now: Seconds = Seconds(0.0), rude: int = 0) -> Decided:
        """Return the first step; the round ends its length after `now`; `rude` counts the rounds before."""
        step = Step(move=Move.OPEN, why="the interview begins", question=self._wordings[0], first=True)
        return Standing(asked=1, ends_at=Seconds(now + self._length), rude=rude), step

    def reply(self, at: Standing, answer: Sequence[Word], now: Seconds) -> Decided:
        """Return what follows the `answer` given since the last line was heard."""
        text = " ".join(word.text for word in answer)
        said = kind(text, probe=at.put if at.probing else "", meaning=self._meaning)
        if said is Reply.STOP or (said is Reply.RUDE and at.rude) or (at.stopping and said in AGREES):
            why = "rude again" if said is Reply.RUDE else "the candidate wants to stop"
            return replace(at, over=True), Step(move=Move.CLOSE, why=why)
        if at.handed_over:
            return self._took_question(at, text, said)
        if at.stopping and said is Reply.NO:
            why = "the candidate goes on"
            return replace(at, stopping=False), Step(move=Move.REPEAT, why=why, question=self._put(at))
        at = replace(at, stopping=False)
        said = Reply.ANSWER if self._planned and asides.answers(said, len(text.split())) else said
        facts = (*self.question(at).about, *self._pack.about)
        if self._planned and (told := asides.told_of_the_task(at, said, text, facts)) is not None:
            return told
        if (beside := asides.aside(at, said, text, self._open(at))) is not None:
            after, step = beside
            told_too = said in TOLD_TOO or len(text.split()) > STORY_WORDS  # the aside ended a story
            return after.having(text) if told_too else after, step
        after = replace(at.having(text), owed=False)
        if now >= at.ends_at - CLOSING_SECONDS:
            return self._hand_over(after, "the time is nearly over")
        refused = said in (Reply.DECLINES, Reply.DISTRESS) or at.spared
        if refused or (said in NO_MORE and not self._planned):
            return self._let_be(after, said, now)
        if said is Reply.CHECKS:
            after = replace(after, probed=after.probed | {SHORT})
        decided = self._follow_up(after, answer, text, now) or self._next(after, now)
        return led_in(decided, "it does") if said is Reply.CHECKS else decided

    def _let_be(self, at: Standing, said: Reply, now: Seconds) -> Decided:
        """Return the next question, after a word on what was refused or hard to tell."""
        (after, step), no = self._next(at, now), said is Reply.NO
        if said is Reply.TOLD:
            return led_in(self._believed(at, now) or (after, step), "you told me")
        if said not in (Reply.DECLINES, Reply.DISTRESS) or step.move is not Move.ASK:
            return after, replace(step, unanswered=said is Reply.NOT_KNOWN or (no and not at.probing))
        return after, replace(step, move=Move.ACCEPT, why="the candidate would rather not say")

    def _believed(self, at: Standing, now: Seconds) -> Decided | None:
        """Return what is still open to who has told the rest already; None if the story is whole."""
        asked = at.spared or Reply.TOLD in at.probed or not self.question(at).story
        at = replace(at, probed=at.probed | {SHORT})
        return None if asked or whole(at.told, at.probed) else self._follow_up(at, (), at.thread, now)

    def reprompt(self, at: Standing) -> Step:
        """Return the step for somebody who says nothing."""
        if at.wrote and not at.handed_over:
            why = "something was written, and nothing said"
            return Step(move=Move.REPROMPT, why=why, lead="talk me through")
        again = "" if at.handed_over else self._open(at).again
        move = Move.HAND_OVER if at.handed_over else Move.REPROMPT
        lead = "once more" if again and again == at.put else ""
        why = "nobody answered"
        return Step(move=move, why=why, question=again, lead=lead, unanswered=True)

    def give_up(self, at: Standing, answer: Sequence[Word], now: Seconds) -> Decided:
        """Return what follows a long silence after `answer`, which may be empty."""
        if at.handed_over:
            after, step = self._close(at, "the candidate asked nothing")
            return after, replace(step, unanswered=True)
        heard = at.having(" ".join(word.text for word in answer))
        if now >= at.ends_at - CLOSING_SECONDS:
            after, step = self._hand_over(heard, "the time is nearly over")
        else:
            planned = None if at.given_up else self._step_of_plan(replace(heard, given_up=True), now)
            after, step = planned or self._next(heard, now)
        return after, replace(step, unanswered=not answer)

    def cut_in(self, at: Standing, answer: Sequence[Word], until: Seconds, why: str) -> Decided:
        """Return the step that cuts in on an `answer` that moved on `until` then, by the last of that."""
        heard = at.having(" ".join(word.text for word in answer))
        parts = REDIRECTS if self.question(at).story else ()
        open_parts = [part for part in parts if part not in heard.told.parts and part not in at.probed]
        moved_on = [word for word in answer if word.end <= until] or answer
        latest = claims(moved_on[-LATEST_WORDS:]) or claims(moved_on)
        about = fit(latest, at.named, Move.CUT_IN)
        missing = open_parts[:1]
        after = replace(at.naming(about), follow_ups=MOST_FOLLOW_UPS, probing=True, asks="")
        after = replace(after, probed=after.probed | {*missing})
        return after, Step(move=Move.CUT_IN, why=why, about=about, wanted=[*missing, "question"][0])

    def ended(self, at: Standing, answer: Sequence[Word]) -> bool | None:
        """Return whether the story that is open has an end with the `answer` so far; None if none is."""
        text = " ".join(word.text for word in answer)
        is_open = self._story_is_open(at) and kind(text, meaning=self._meaning) is Reply.ANSWER
        return at.having(text).told.ended if is_open else None

    def usual(self, at: Standing, move: Move) -> Seconds:
        """Return how long an answer to a line with `move` usually is at least; a story is over at its end."""
        return STORY_SECONDS if move in STORIES and not self._story_is_open(at) else ADDITION_SECONDS

    def _story_is_open(self, at: Standing) -> bool:
        question = self.question(at)
        other = at.probing or at.handed_over or at.stopping or at.spared
        return question.story and Part.RESULT.value in question.looks_for and not other

    def _follow_up(self, at: Standing, answer: Sequence[Word], text: str, now: Seconds) -> Decided | None:
        question, words = self.question(at), text.split()
        if self._planned:
            return self._step_of_plan(at, now)
        if at.follow_ups >= min(self._persona.follow_ups, MOST_FOLLOW_UPS) or at.given_up:
            return None
        points = heard(question.points, at.thread) if question.points else frozenset()
        nothing_done = at.told.lacks(Part.ACTION) and done(text) < MANY_DONE
        misses = nothing_done and not self.touched(at, text) and not points
        if len(words) >= STORY_WORDS and not at.redirected and misses:
            return redirected(at, question.theme)
        thin = len(words) < SHORT_ANSWER_WORDS or (question.story and not done(at.thread))
        short = thin and len(at.thread.split()) < STORY_WORDS
        if short and SHORT not in at.probed:
            return probed(at, Move.CLARIFY, SHORT, f"the answer had only {len(words)} words")
        if not question.story:
            turn = self._seed + at.asked + at.follow_ups
            return put_to(at, open_point(question, points, at.probed, at.follow_ups, turn))
        known = claims(answer)
        challenging = bool(fit(known, at.named, Move.CHALLENGE))
        found = wanted(
            at.told,
            at.thread,
            at.probed,
            question,
            self._persona,
            asked=at.follow_ups,
            turn=self._seed + at.asked,
            claimed=challenging,
        )
        if found is None:
            return None
        move, key, why = found
        return probed(at, move, key, why, fit(known, at.named, move))

    def _step_of_plan(self, at: Standing, now: Seconds) -> Decided | None:
        """Return what the round's plan has next, after all that was said and written."""
        question = self.question(at)
        if not self._planned or at.follow_ups >= MOST_IN_PLAN:
            return None
        points = heard(question.points, at.thread, wrote=at.wrote)
        misses = not points and not self.touched(at, at.thread) and not at.redirected
        if len(at.thread.split()) >= STORY_WORDS and misses:
            return redirected(at, question.theme)
        late = (left := at.ends_at - CLOSING_SECONDS - now) <= LATE_SHARE * self._length
        found = put_to(at, next_step(question, points, at, self._seed + at.asked, late=late))
        count = max(1, round(left / 60)) if late and self._persona.time_checks else 0
        return None if found is None else in_time(found, count)

    def touched(self, at: Standing, text: str) -> int:
        """Return how many of the latest question's own words are in `text`."""
        question = self.question(at)
        wanted = stems([question.theme, *question.wordings, *question.terms])
        return len(set(stems([text])) & set(wanted))

    def _next(self, at: Standing, now: Seconds) -> Decided:
        if at.asked >= len(self._questions):
            return self._hand_over(at, "every question was asked")
        if self._planned and at.ends_at - CLOSING_SECONDS - now < ENOUGH_SHARE * self._length:
            return self._hand_over(at, "there is no time for another problem")
        left = int((at.ends_at - CLOSING_SECONDS - now) // 60)
        late = left < 0.4 * self._length / 60 and left >= 1
        check = self._persona.time_checks and not at.time_checked and late
        why = f"question {at.asked + 1} of {len(self._questions)}"
        step = Step(
            move=Move.TIME_CHECK if check else Move.ASK,
            why=f"{why}, {left} minutes left" if check else why,
            question=self._wordings[at.asked],
            minutes_left=left if check else 0,
        )
        after = Standing(
            asked=at.asked + 1,
            ends_at=at.ends_at,
            named=at.named,
            rude=at.rude,
            put_off=at.put_off,
            time_checked=at.time_checked or check,
        )
        return after, step

    # The candidate's questions

    def _hand_over(self, at: Standing, why: str) -> Decided:
        return asides.handed_over(at, why, self._pack.about)

    def _took_question(self, at: Standing, text: str, said: Reply) -> Decided:
        if (taken := asides.took(at, said, text, self._pack.about)) is not None:
            return taken
        why = "the candidate has no more questions" if at.back else "the candidate had no question"
        return self._close(replace(at, rude=at.rude + (said is Reply.RUDE)), why)

    def _close(self, at: Standing, why: str) -> Decided:
        move = Move.HAND_ON if self._successor else Move.CLOSE
        return replace(at, over=True), Step(move=move, why=why, next=self._successor)

    def _put(self, at: Standing) -> str:
        """Return what is open, in the words in which it was put last."""
        return at.put or self._wordings[max(0, min(at.asked, len(self._questions)) - 1)]

    def _open(self, at: Standing) -> Open:
        """Return what is open; asked again, a follow-up is as it was, a question in easier words."""
        number = max(0, min(at.asked, len(self._questions)) - 1)
        question, put = self._questions[number], self._put(at)
        turn = self._turns[number] + 3 * at.follow_ups
        easier = reworded(question, (put, self._wordings[number]), turn)
        again = at.put if at.probing and at.put else easier
        return Open(put, again, easier, at.asks, question.story)
