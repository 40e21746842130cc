"""whisper.cpp's server: https://github.com/ggml-org/whisper.cpp/tree/master/examples/server

What it calls words are its model's tokens, each with the space before it. A line of its text is a segment of about sixty
letters, which ends within a word unless it is told to split on words. And it takes every language for English unless it is told
to listen which one it is.
"""

import re

MOST_LETTERS = 60


def told(answer, fields):
    """What it makes of an answer of OpenAI's to the same sound."""
    if "segments" not in answer:
        return {"text": f" {answer['text']}\n"}
    words = answer.get("words", [])
    found = [token for word, shown in zip(words, answer["text"].split()) for token in tokens(word, shown)]
    parts = segments(found, fields.get("split_on_word") == "true")
    return {"task": "transcribe", "language": answer["language"] if fields.get("language") == "auto" else "english",
            "duration": answer["duration"], "text": "".join(f"{part['text']}\n" for part in parts), "segments": parts}


def tokens(word, shown):
    """A word's tokens: a long one is made of two, and a comma or a full stop is one by itself."""
    letters, mark = re.fullmatch(r"(.*?)([.,;:!?]*)", shown).groups()
    middle = (word["start"] + word["end"]) / 2
    found = [(f" {letters}", word["start"], word["end"])]
    if len(letters) > 6:
        found = [(f" {letters[:4]}", word["start"], middle), (letters[4:], middle, word["end"])]
    if mark:
        found.append((mark, word["end"], word["end"] + 0.2))
    return [{"word": text, "start": round(start, 2), "end": round(end, 2), "t_dtw": -1, "probability": 0.93} for text, start, end in found]


def segments(tokens, splits_on_words):
    groups = [[]]
    for token in tokens:
        isFull = len("".join(each["word"] for each in [*groups[-1], token])) > MOST_LETTERS
        if isFull and (token["word"].startswith(" ") or not splits_on_words):
            groups.append([])
        groups[-1].append(token)
    return [{"id": number, "text": "".join(each["word"] for each in group), "start": group[0]["start"], "end": group[-1]["end"],
             "tokens": [50364] * len(group), "words": group, "temperature": 0.0, "avg_logprob": -0.21, "no_speech_prob": 0.01}
            for number, group in enumerate(groups) if group]
