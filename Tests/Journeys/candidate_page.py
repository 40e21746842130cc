"""The candidate's page as the server knows it, for the journeys that try sessions without a browser."""

import re
import uuid

from parley import Client, accepted, is_problem


class Page:
    """One load of the candidate's page, on one device."""

    def __init__(self, interview):
        self.interview = interview
        self.session = str(uuid.uuid4())
        self.client = Client(interview.recruiter.base)

    def call(self, step, body, method="POST"):
        return self.client.call(method, f"{self.interview.path}/{step}", body)

    def opening(self, question, **more):
        return {"questionId": question, "session": self.session, **more}

    def beginning(self, take, question, seconds_ago=0):
        return {"takeId": take, "questionId": question, "session": self.session, "secondsAgo": seconds_ago}

    def ending(self, take, outcome="RECORDED", seconds=4):
        return {"takeId": take, "session": self.session, "outcome": outcome, "durationSeconds": seconds}

    def ask_to_open(self, question, **more):
        return self.call("question", self.opening(question, **more))

    def ask_to_begin(self, *what):
        return self.call("take", self.beginning(*what))

    def ask_to_end(self, *how):
        return self.call("take/end", self.ending(*how))

    def ask_for_upload(self, take, question, **more):
        query = {"questionId": question, "mimeType": "video/webm", "takeId": take, **more}
        return self.client.call("GET", f"{self.interview.path}/upload-url", params=query)

    def keep_draft(self, question, text):
        return self.call("draft", {"questionId": question, "session": self.session, "text": text})

    def open(self, question, **more):
        return accepted(self.ask_to_open(question, **more))

    def begin(self, question, seconds_ago=0, take=None):
        """The id of a take that has begun."""
        take = take or str(uuid.uuid4())
        accepted(self.ask_to_begin(take, question, seconds_ago))
        return take

    def upload(self, take, question, recording):
        grant = accepted(self.ask_for_upload(take, question))
        assert self.interview.put(grant, recording.read_bytes()).status_code == 201
        return grant

    def record(self, question, recording):
        """A take from its beginning until it has arrived: its id and its grant."""
        take = self.begin(question)
        grant = self.upload(take, question, recording)
        accepted(self.ask_to_end(take))
        return take, grant

    def shown(self):
        return self.client.get(self.interview.path)


def refused(answer, code, *words):
    """Fails unless the answer is a refusal that a person understands."""
    problem = is_problem(answer, code)
    if code != "VALIDATION_FAILED":
        assert re.fullmatch(r"[A-Z][^_{}\[\]]+[.]", problem["detail"]), problem["detail"]
    for word in words:
        assert word in problem["detail"]
    return problem


def pass_deadline(database, interview, ago="0 seconds"):
    """What was done until now was in time."""
    database.execute(
        "UPDATE async_interview SET deadline_at = clock_timestamp() - %s::interval WHERE id = %s", [ago, interview.id])


def states(database, interview):
    """The states of all takes, in the order in which they were heard of."""
    return [state for state, in database.execute(
        "SELECT state FROM take WHERE async_interview_id = %s ORDER BY place", [interview.id])]
