"""What providers can do wrong, and what then comes of an answer: the table that `make faults` prints."""

from dataclasses import dataclass, field

from engines import VOICES

SPEECH, CHAT = "/audio/transcriptions", "/chat/completions"
MESSAGES = "/v1/messages"

# What can come of it. An interview can be submitted in every case.
USUAL = "as usual"
OFFLINE = "done on this server at once, labelled"
WAITED_OFFLINE = "waited, then done on this server, labelled"
TOLD = "provider stopped, administrators told; waited, then done on this server, labelled"
WAITED = "waited, then as usual"
UNCOUNTED = "as usual, and said that nobody counted voices"


def after(requests):
    return f"as usual, after {requests} requests"


@dataclass(frozen=True)
class Fault:
    name: str
    #: Where it happens: transcriptions, messages or chat completions.
    path: str
    kind: str | None
    outcome: str
    #: How often; -1 for always.
    times: int = -1
    more: dict = field(default_factory=dict, hash=False)
    provider: str = ""
    #: Whether the journey tries it; `make faults` tries all.
    short: bool = False

    @property
    def chosen(self):
        return self.provider or {SPEECH: "hosted-whisper", MESSAGES: "claude", CHAT: "own-chat"}[self.path]


TABLE = [
    Fault("nothing", SPEECH, None, USUAL, short=True),
    Fault("nothing, at a whisper.cpp server", "/inference", None, USUAL, provider="own-whisper", short=True),
    Fault("no times of words", SPEECH, None, "as usual, the words aligned here", provider="gpt-transcribe"),
    Fault("the length as text", SPEECH, "duration-text", USUAL),
    Fault("rate limit, twice", SPEECH, "rate-limit", after(3), 2, {"retryAfter": 1}),
    Fault("500, once", SPEECH, "server-error", after(2), 1),
    Fault("connection cut, once", SPEECH, "cut", after(2), 1),
    Fault("no JSON, once", SPEECH, "garbage", after(2), 1),
    Fault("overloaded, for good", SPEECH, "overloaded", WAITED_OFFLINE, short=True),
    Fault("hangs up, for good", SPEECH, "hangup", WAITED_OFFLINE),
    Fault("overloaded, for a while", SPEECH, "overloaded", WAITED, 4),
    Fault("quota spent", SPEECH, "spend-cap", TOLD),
    Fault("key refused", SPEECH, "bad-key", TOLD),
    Fault("413", SPEECH, "too-large", OFFLINE),
    Fault("400", SPEECH, "invalid", OFFLINE),
    Fault("invents text in silence", SPEECH, "invented", "as usual, without what was invented; read only once somebody has listened", short=True),
    Fault("nothing, voices counted too", SPEECH, None, USUAL, provider="two-models"),
    Fault("nothing, one model for words and voices", SPEECH, None, "as usual, the words aligned here", provider="one-for-both"),
    Fault("the model that counts voices is gone", SPEECH, "not-found", UNCOUNTED, more={"model": VOICES}, provider="two-models", short=True),
    Fault("the model that counts voices is overloaded", SPEECH, "overloaded", UNCOUNTED, more={"model": VOICES}, provider="two-models"),
    Fault("no JSON of voices", SPEECH, "garbage", UNCOUNTED, more={"model": VOICES}, provider="two-models"),
    Fault("nothing", MESSAGES, None, USUAL, short=True),
    Fault("rate limit, twice", MESSAGES, "rate-limit", after(3), 2, {"retryAfter": 1}),
    Fault("rate limit of 25 seconds, once", MESSAGES, "rate-limit", WAITED, 1, {"retryAfter": 25}),
    Fault("529, once", MESSAGES, "overloaded", after(2), 1),
    Fault("529, for good", MESSAGES, "overloaded", WAITED_OFFLINE),
    Fault("529, for a while", MESSAGES, "overloaded", WAITED, 4, short=True),
    Fault("504, once", MESSAGES, "gateway-timeout", after(2), 1),
    Fault("spend cap", MESSAGES, "spend-cap", TOLD, short=True),
    Fault("key refused", MESSAGES, "bad-key", TOLD),
    Fault("model gone", MESSAGES, "not-found", TOLD),
    Fault("400", MESSAGES, "invalid", OFFLINE),
    Fault("413", MESSAGES, "too-large", OFFLINE),
    Fault("refusal", MESSAGES, "refusal", OFFLINE, short=True),
    Fault("cut off, once", MESSAGES, "truncated", after(2), 1),
    Fault("cut off, always", MESSAGES, "truncated", OFFLINE),
    Fault("longer than it can read", MESSAGES, "context-exceeded", OFFLINE),
    Fault("pauses, once", MESSAGES, "pause", after(2), 1),
    Fault("wrong schema, once", MESSAGES, "wrong-schema", after(2), 1, short=True),
    Fault("heeds no formats", MESSAGES, "heeds-no-format", after(2)),
    Fault("wrong schema, always", MESSAGES, "wrong-schema", OFFLINE),
    Fault("prose, always", MESSAGES, "prose", OFFLINE),
    Fault("odd case of words", MESSAGES, "odd-case", USUAL),
    Fault("JSON in a fence", MESSAGES, "fenced", USUAL),
    Fault("connection cut, once", MESSAGES, "cut", after(2), 1),
    Fault("slow", MESSAGES, "slow", USUAL, 1, {"seconds": 3}),
    Fault("nothing", CHAT, None, USUAL),
    Fault("knows no schemas", CHAT, None, after(2), more={"formats": ["json_object"]}),
    Fault("heeds no formats", CHAT, None, after(2), more={"heeds": False}, short=True),
    Fault("knows no formats at all", CHAT, None, after(3), more={"formats": []}, short=True),
    Fault("quota spent", CHAT, "spend-cap", TOLD),
]
