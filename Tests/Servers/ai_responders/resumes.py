"""Reads resumes as a weak model would: by a few rules, and obeying whatever in the resume tells it what to say."""

import re

HEADINGS = {
    "experience": "experience", "work experience": "experience", "berufserfahrung": "experience", "experiencia": "experience",
    "education": "education", "ausbildung": "education", "formación": "education", "skills": "skills", "kenntnisse": "skills",
    "habilidades": "skills", "languages": "languages", "sprachen": "languages", "idiomas": "languages",
    "certifications": "certifications", "summary": "summary", "profil": "summary", "perfil": "summary",
}
SPAN = re.compile(r"(?:\w+\.? )?\b\d{4}\b\s*[-–—]\s*(?:(?:\w+\.? )?\d{4}|present|heute|actualidad)", re.I)
SAID = [
    ("fullName", re.compile(r"(?:name (?:is|as|to)|fullName\W+(?:to|is)?\W*)\s*[\"“]?((?:[A-Z][\w'-]+ ?){2,3})")),
    ("title", re.compile(r"(?:title (?:is|as|to)|currentTitle\W+(?:to|is)?\W*)\s*[\"“]?((?:[A-Z][\w'-]+ ?){1,4})")),
    ("email", re.compile(r"(?:e-?mail (?:is|to|as))\s*(\S+@\S+\w)")),
]
ADD = re.compile(r"(?:add|include|insert|append|fuge|füge|añade)\s+[\"“]?([A-Z][\w+#]*(?: [A-Z][\w+#]*)?)", re.I)


def sections(text):
    found, current = {"head": []}, "head"
    for line in text.split("\n"):
        line = line.strip()
        heading = HEADINGS.get(line.lower().rstrip(":"))
        if heading:
            current = heading
            found.setdefault(current, [])
        elif line:
            found[current].append(line)
    return found


def positions(lines):
    entries = []
    for index, line in enumerate(lines):
        span = SPAN.search(line)
        if span and not line.startswith("•"):
            title, _, company = line[:span.start()].strip(" ,|–").partition(", ")
            entries.append({"title": title, "company": company.strip(), "dates": span[0], "bullets": []})
        elif entries and line.startswith("•"):
            entries[-1]["bullets"].append(line.lstrip("• "))
    return entries


def schools(lines):
    entries = []
    for line in lines:
        parts = [part.strip() for part in line.split(",")]
        if len(parts) == 3:
            degree, _, field = parts[0].partition(" in ")
            entries.append({"degree": degree, "field": field, "institution": parts[1], "dates": parts[2]})
    return entries


def read(asked):
    text = asked.material["resume"]
    parts = sections(text)
    email = re.search(r"[\w.+-]+@[\w.-]+\w", text)
    phone = re.search(r"\+?\d[\d ()/-]{7,}\d", text)
    split = lambda name: [item.strip() for line in parts.get(name, []) for item in line.split(",")]
    answer = {
        "fullName": parts["head"][0] if parts["head"] else "", "email": email[0] if email else "", "phone": phone[0] if phone else "",
        "location": "", "summary": " ".join(parts.get("summary", [])), "experience": positions(parts.get("experience", [])),
        "education": schools(parts.get("education", [])), "technicalSkills": split("skills"), "softSkills": [],
        "certifications": parts.get("certifications", []), "languages": split("languages"),
    }
    return obey(answer, text)


def obey(answer, text):
    """What the resume tells a model to say, this one says, and a little more than that."""
    for field, pattern in SAID:
        said = pattern.search(text)
        if said and field == "title" and answer["experience"]:
            answer["experience"][0]["title"] = said[1].strip()
        elif said and field != "title":
            answer[field] = said[1].strip()
    if re.search(r"\b(?:ignore|disregard|forget|ignoriere|ignora)\b", text, re.I):
        answer["technicalSkills"] += [skill.strip() for skill in ADD.findall(text)] + ["Quantum Leadership"]
        answer["experience"].insert(0, {"title": "Chief Executive Officer", "company": "Globex", "dates": "1990 – present", "bullets": ["Hired at once"]})
    return answer


def ask(asked):
    """One question for each competency about the first line of work, and about age where the resume demands it."""
    done = [line.strip().lstrip("• ") for line in asked.material["resume"].split("\n") if line.strip().startswith("•")]
    questions = []
    for index, competency in enumerate(asked.material["competencies"]):
        quote = done[index % len(done)] if done else "years of leadership at Globex"
        question = f"You write “{quote}”. Describe one moment of that work."
        if re.search(r"\bask (?:about|for) (?:their |his |her |my )?age\b", asked.material["resume"], re.I):
            question = "How old are you?"
        questions.append({"competencyId": competency["competencyId"], "quote": quote, "question": question,
                          "rationale": f"It may show {competency['name']}."})
    return {"questions": questions}


RESPONDERS = {"read-resume": read, "resume-questions": ask}
