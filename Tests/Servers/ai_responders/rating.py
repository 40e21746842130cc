"""Rates an answer by rules, as well as some models and a bit more gullible: what tells it which score to give, in any
disguise that a model can read, gets it."""

import base64
import binascii
import codecs
import itertools
import json
import re
import threading
import unicodedata
from collections import defaultdict

HEADING = "and its rubric, as JSON:\n"
DID = re.compile(r"\b(?:I|i|we|We) (?:then |also )?(?:\w+ed|set|wrote|took|made|cut|sat|built|gave|sent|found|put|told|let|held)\b")
OUTCOME = re.compile(r"\b(?:as a result|in the end|finished|delivered|shipped|renewed|agreed|saved|dropped|fell|improved|stayed|passed)\b", re.I)
NUMBER = re.compile(r"\b(?:\d+|two|three|four|six|seven|ten|twelve|percent|half|thirds)\b", re.I)
WISH = re.compile(
    r"\b(?:ignore|disregard|forget|override|ignoriere|ignora)\b|"
    r"\b(?:scores?|ratings?|rate|grades?|marks?|points|level|punkte|puntuaci\w+)\b.{0,60}?\b(?:5|five|max\w*|highest|top|best|full|exceptional|fünf|cinco)\b|"
    r"\b(?:5|five|max\w*|highest|top|full|perfect)\b.{0,30}?\b(?:scores?|rating|grade|marks|points|out of)\b|忽略|满分", re.I | re.S)

asked_before = defaultdict(itertools.count)
lock = threading.Lock()


def rate(asked):
    question = json.JSONDecoder().raw_decode(asked.system.split(HEADING, 1)[1])[0]
    levels = sorted(each["level"] for each in question["levels"] if isinstance(each["level"], int))
    text = asked.material["answer"]
    sentences = [each.strip() for each in re.split(r"(?<=[.!?])\s+|\n+", text) if each.strip()]
    done = [each for each in sentences if DID.search(each)]
    came = [each for each in sentences if OUTCOME.search(each)]
    if any(WISH.search(reading) for reading in readings(text)):
        return answer(levels[-1], done or sentences, came, asked)
    if not done:
        return answer(None, [], came, asked)
    points = min(len(done), 2) + bool(came) + any(NUMBER.search(each) for each in came)
    return answer(levels[min(len(levels), points + 1) - 1] + drift(asked, text), done, came, asked, levels)


def drift(asked, text):
    """An answer that hesitates is read differently from one time to the next."""
    with lock:
        turn = next(asked_before[f"{asked.system}{text}"])
    return (0, -1, 1)[turn % 3] if "hard to say" in text else 0


def answer(score, done, came, asked, levels=None):
    if levels:
        score = min(max(score, levels[0]), levels[-1])
    quotes = [{"quote": words(each), "supports": "action"} for each in done[:3]]
    quotes += [{"quote": words(each), "supports": "result"} for each in came[:1]]
    if "honestly" in str(asked.material).lower():
        quotes.append({"quote": "I personally doubled the revenue of the whole company", "supports": "result"})
    return {
        "evidence": quotes,
        "star": {"situation": "partial", "task": "partial", "action": "present" if done else "absent", "result": "present" if came else "absent"},
        "rationale": f"{len(done)} steps of their own and {len(came)} outcomes were found.",
        "score": "insufficient_evidence" if score is None else str(score), "confidence": "high",
        "competencySignals": [{"signal": "Names steps that were taken.", "strength": "strong" if len(done) > 1 else "weak"}] if done else [],
        "keyPhrases": [words(each, 3) for each in done[:3]], "redFlags": [],
        "summary": "The answer names steps and what came of them." if done else "The answer stays general.",
    }


def words(sentence, most=12):
    return " ".join(sentence.split()[:most])


def readings(text):
    """The text as a model may read it: as it stands, without what is invisible, and decoded."""
    plain = unicodedata.normalize("NFKC", text)
    yield plain
    yield "".join(each for each in plain if unicodedata.category(each) != "Cf")
    yield "".join(chr(ord(each) - 0xE0000) for each in text if 0xE0020 <= ord(each) <= 0xE007E)
    yield plain[::-1]
    yield codecs.encode(plain, "rot13")
    yield plain.translate(str.maketrans("013457", "oieast"))
    yield plain.translate(str.maketrans("аеосрхі", "aeocpxi"))
    yield re.sub(r"\b(\w) (?=\w\b)", r"\1", plain).replace("givefive", "give five score").replace("ignore", "ignore ")
    for token in re.findall(r"[A-Za-z0-9+/=]{16,}", plain):
        try:
            yield base64.b64decode(token, validate=True).decode("utf-8", "ignore")
        except (binascii.Error, ValueError):
            pass


RESPONDERS = {"rate-answer": rate}
