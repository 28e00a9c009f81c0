"""The second opinion of a chat model, beside a report."""

import sys
from dataclasses import replace

from vivavoce.personas.chat.client import ChatError
from vivavoce.personas.chat.second_opinion import opinion
from vivavoce.simulator.errors import SettingsError
from vivavoce.simulator.live.devices import proxies
from vivavoce.simulator.settings import Settings
from vivavoce.transcripts.remote_server import via
from vivavoce.transcripts.report.report import Report
from vivavoce.transcripts.scoring.threads import Thread


def judged(found: Report, settings: Settings) -> Report:
    """Return `found` with the second opinion of the configured chat model on each answer that is judged.

    A server that fails leaves a note; the report is whole without it. A proxy is told of on stderr.

    Raises:
        SettingsError: no chat server is configured.
    """
    if not settings.llm_base_url:
        raise SettingsError("a second opinion needs a chat server: set llm_base_url and llm_model")
    for line in proxies(settings, speaks=False):
        print(line, file=sys.stderr)
    try:
        given = [_opinion(one, settings) if one.assessment.scores else one for one in found.threads]
    except ChatError as error:
        return replace(found, notes=(*found.notes, str(error)))
    through = via(settings.llm_base_url)
    note = f"the second opinion is of {settings.llm_model}{through}; it changes no score"
    return replace(found, threads=tuple(given), notes=(*found.notes, note))


def _opinion(thread: Thread, settings: Settings) -> Thread:
    base_url, model, key = settings.llm_base_url, settings.llm_model, settings.api_key
    told = opinion(base_url, model, key, thread.question, thread.assessment.text)
    return replace(thread, opinion=tuple(replace(one, at=thread.moment(one.start)) for one in told))
