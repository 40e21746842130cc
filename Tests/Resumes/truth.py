"""What a synthetic resume says, before any layout: made from a seed, and the same for the same seed."""

import hashlib
import random
import unicodedata

import words
from trades import ENDINGS, SUMMARIES, TRADES

LAYOUTS = ["one-column", "two-columns", "sidebar", "tables", "docx", "doc", "right-to-left", "dates", "scanned", "dense"]
TODAY = (2026, 11)


def half(name):
    """The half that a resume belongs to, by a hash of its name: `development` or `held-back`."""
    return "development" if hashlib.sha256(f"parley resume {name}".encode()).digest()[0] % 2 else "held-back"


def listed(text, whole=()):
    for phrase in whole:
        text = text.replace(phrase, phrase.replace(" ", "_"))
    return [word.replace("_", " ") for word in text.split()]


def plain(text):
    """Lower-case ASCII letters only, for addresses."""
    text = text.lower().replace("ß", "ss").replace("ø", "o").replace("ı", "i")
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if "a" <= c <= "z")


class Person:
    """Draws the parts of one resume."""

    def __init__(self, name, layout):
        self.random = random.Random(f"parley resume {name}")
        self.name, self.layout = name, layout
        self.language = self.random.choices(["en", "de", "es"], [5, 2, 2])[0]
        if layout == "right-to-left":
            self.language = "en"
        self.trade = TRADES[self.random.choice(sorted(TRADES))]

    def pick(self, values):
        return self.random.choice(values)

    def chance(self, probability):
        return self.random.random() < probability

    def truth(self):
        truth = {"name": self.name, "layout": self.layout, "half": half(self.name), "language": self.language}
        truth.update(self.identity())
        truth["experience"] = self.experience()
        truth["education"] = self.education()
        truth.update(self.abilities(truth["experience"]))
        truth["summary"] = self.summary(truth) if self.chance(0.6) else None
        return truth

    # Who

    def identity(self):
        language = self.language
        if self.layout == "right-to-left":
            script = self.pick(["ar", "ar", "he"])
            first, last = self.pick(words.RTL_NAMES[script]), self.pick(words.RTL_LAST_NAMES[script])
            latin, native = f"{first[0]} {last[0]}", f"{first[1]} {last[1]}"
            return {"fullName": latin, "nativeName": native, "script": script, **self.contact(latin)}
        first = self.pick(listed(words.FIRST_NAMES[language]))
        last = self.pick(listed(words.LAST_NAMES[language], words.WHOLE_LAST_NAMES[language]))
        middle = f" {self.pick('ABCDEGHJKLMRST')}." if language == "en" and self.chance(0.15) else ""
        second = f" {self.pick(listed(words.LAST_NAMES['es'], words.WHOLE_LAST_NAMES['es']))}" if language == "es" and self.chance(0.5) else ""
        return {"fullName": f"{first}{middle} {last}{second}", **self.contact(f"{first} {last}")}

    def contact(self, name):
        first, *_, last = [plain(part) for part in name.split()]
        number = self.random.randint(1, 99)
        local = self.pick([f"{first}.{last}", f"{first[0]}{last}", f"{first}_{last}{number}", f"{last}.{first}",
                           f"{first}{number}", f"hello+{first}", f"{first[0]}.{last}-{number}"])
        domain = self.pick(["example.com", "example.org", "mail.example.net", "post.example", "inbox.example.de", "correo.example.es"])
        city = self.pick(words.CITIES[self.language])
        street = self.pick(words.STREETS[self.language]) if self.chance(0.3) else None
        return {
            "email": f"{local}@{domain}" if self.chance(0.97) else None,
            "phone": self.phone() if self.chance(0.95) else None,
            "location": city if self.chance(0.85) else None, "street": street,
            "link": f"linkedin.com/in/{first}-{last}-{number}{self.random.randint(1000, 9999)}" if self.chance(0.5) else None,
        }

    def phone(self):
        digits = lambda count: "".join(self.pick("0123456789") for _ in range(count))
        pattern = self.pick({
            "en": ["(555) 01#-####", "555-01#-####", "+1 555 01# ####", "+44 7700 900###", "020 7946 0###", "+1.555.01#.####",
                   "+353 1 555 ####", "+61 4## ### ###", "+91 98### #####", "1-555-01#-####", "+65 8### ####", "+27 82 ### ####"],
            "de": ["+49 30 23125 ###", "030/23125###", "0171 3920###", "+49 (0)151 2345 ####", "0049 40 66969 ###", "+43 664 ### ####",
                   "+41 79 ### ## ##", "(0221) 4710-###", "0 30 / 23 12 5# ##"],
            "es": ["+34 6## ### ###", "91 ### ## ##", "6##-###-###", "+52 55 #### ####", "+54 9 11 ####-####", "(+57) 300 ### ####",
                   "+51 9## ### ###", "0034 93 ### ## ##", "6########"],
        }[self.language])
        return "".join(digits(1) if mark == "#" else mark for mark in pattern)

    # Work

    def experience(self):
        """Newest first. Spans may overlap or leave gaps; a company may hold several in a row."""
        count = self.pick([1, 2, 2, 3, 3, 3, 4, 4, 5]) if self.layout != "dense" else self.pick([5, 6, 7])
        jobs, end = [], self.last_end()
        company = None
        for index in range(count):
            months = self.random.randint(4, 60)
            start = back(end if end != "present" else TODAY, months)
            promoted = company is not None and self.chance(0.2)
            if not promoted:
                company = self.company([job["company"] for job in jobs])
            jobs.append({
                "title": self.pick([title for title in self.trade["titles"][self.language]
                                    if not jobs or title != jobs[-1]["title"]]),
                "company": company, "place": self.pick(words.CITIES[self.language]).split(",")[0] if self.chance(0.4) else None,
                "start": start, "end": end, "bullets": []})
            gap = self.pick([0, 0, 1, 1, 2, 7, -6]) if not promoted else 1
            end = back(start, gap)
        for job in jobs:
            job["bullets"], job["named"] = self.bullets()
        return jobs

    def last_end(self):
        return "present" if self.chance(0.7) else back(TODAY, self.random.randint(1, 20))

    def company(self, known):
        while True:
            if self.chance(0.25):
                company = self.pick(words.COMPANY_WHOLES)
            else:
                company = f"{self.pick(words.COMPANY_HEADS)} {self.pick(words.COMPANY_TAILS[self.language])}".strip()
            if company not in known:
                return company

    def bullets(self):
        lines = self.random.sample(self.trade["lines"][self.language], k=self.pick([0, 1, 2, 3, 3]) if self.layout != "dense" else 3)
        bullets, named, full_stop = [], [], self.pick(["", "", "."])
        for line in lines:
            skill = self.pick(self.trade["skills"])
            if "{s}" in line:
                named.append(skill)
            line = line.format(s=skill, n=self.random.randint(12, 900), m=self.random.randint(2, 11), p=self.random.randint(5, 97))
            ending = " " + self.pick(ENDINGS[self.language]) if self.chance(0.3) else ""
            bullets.append(line + ending + full_stop)
        return bullets, named

    # Learning

    def education(self):
        count = self.pick([0, 1, 1, 1, 2, 2, 3]) if self.layout != "dense" else 2
        entries, year = [], self.random.randint(2006, 2024)
        for _ in range(count):
            degree, form = self.pick(words.DEGREES[self.language])
            field = None
            if "{f}" in form:
                field = self.pick(words.APPRENTICESHIPS if degree == "Ausbildung" else words.STUDIES[self.language])
            entries.append({
                "degree": degree, "form": form, "field": field, "year": year,
                "from": year - self.random.randint(2, 5),
                "institution": self.pick([s for s in words.SCHOOLS[self.language] if s not in [e["institution"] for e in entries]])})
            year -= self.random.randint(3, 6)
        return entries

    def abilities(self, jobs):
        technical = self.random.sample(self.trade["skills"], k=min(len(self.trade["skills"]), self.random.randint(4, 10)))
        soft = self.random.sample(words.SOFT_SKILLS[self.language], k=self.pick([0, 0, 2, 3, 4]))
        if self.chance(0.07):
            technical, soft = [], []
        names, levels = words.SPOKEN[self.language]
        spoken = [(name, self.pick(levels)) for name in self.random.sample(names, k=self.pick([0, 1, 2, 3]))]
        certified = self.random.sample(words.CERTIFICATIONS[self.language], k=self.pick([0, 0, 1, 2, 3]))
        return {"technicalSkills": technical, "softSkills": soft,
                "namedSkills": sorted({skill for job in jobs for skill in job["named"]} - set(technical)),
                "languages": spoken, "certifications": certified}

    def summary(self, truth):
        title = truth["experience"][0]["title"]
        return self.pick(SUMMARIES[self.language]).format(t=title, m=self.random.randint(3, 15))


def back(month, count):
    ordinal = month[0] * 12 + month[1] - 1 - count
    return (ordinal // 12, ordinal % 12 + 1)


def people(per_layout):
    for layout in LAYOUTS:
        for index in range(per_layout):
            yield Person(f"{layout}-{index:02}", layout)
