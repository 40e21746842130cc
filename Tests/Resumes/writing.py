"""Turns the truth of a resume into headed sections of lines and bullets, in a style of its own; layouts then put
these on pages. What was written less exactly than it was known makes the truth less exact too."""

import dataclasses

import dates
import words
from trades import INTERESTS, REFERENCES


@dataclasses.dataclass
class Line:
    left: str
    right: str = ""
    bold: bool = False


@dataclasses.dataclass
class Bullets:
    items: list
    mark: str = "•"


@dataclasses.dataclass
class Paragraph:
    text: str


@dataclasses.dataclass
class Entry:
    """The lines of one position or school; `when` stands alone for layouts with a column of dates."""
    lines: list
    when: str
    bullets: list
    rest: list


@dataclasses.dataclass
class Section:
    kind: str
    heading: str
    blocks: list


@dataclasses.dataclass
class Written:
    name: str
    headline: str
    contact: list
    sections: list
    language: str


FORMS = ["title-date/company", "company-date/title", "title,company/date", "title at company (date)", "date/title/company",
         "date: title, company", "company|title|date", "title/company/date", "title|company|place|date", "labels",
         "title – company/date, place", "company/title-date"]
LABELS = {"en": ("Position", "Employer", "Period"), "de": ("Position", "Arbeitgeber", "Zeitraum"), "es": ("Puesto", "Empresa", "Periodo")}
AT = {"en": " at ", "de": " bei ", "es": " en "}
CONTACT_LABELS = {
    "en": [("Email: ", "Phone: ", "Address: "), ("E: ", "T: ", ""), ("E-mail ", "Mobile ", "Location: "), ("", "", "")],
    "de": [("E-Mail: ", "Telefon: ", "Adresse: "), ("Mail: ", "Tel.: ", "Anschrift: "), ("", "Mobil: ", ""), ("", "", "")],
    "es": [("Correo: ", "Teléfono: ", "Dirección: "), ("E-mail: ", "Móvil: ", "Domicilio: "), ("", "Tel. ", ""), ("", "", "")],
}
GROUPS = {"en": ("Technical", "Tools", "Personal"), "de": ("Fachlich", "Werkzeuge", "Persönlich"), "es": ("Técnicas", "Herramientas", "Personales")}
LEVELS = {"en": ["advanced", "expert", "working knowledge", "5 years"], "de": ["sehr gut", "gut", "Grundlagen"],
          "es": ["avanzado", "medio", "experto"]}
SOFT_HEADING = {"en": "Soft Skills", "de": "Soziale Kompetenzen", "es": "Habilidades personales"}
VITAE = {"en": ["Curriculum Vitae", "Résumé", "Resume"], "de": ["Lebenslauf", "Curriculum Vitae"], "es": ["Currículum Vítae", "Hoja de vida"]}


class Writer:
    def __init__(self, person):
        self.random, self.language, self.layout = person.random, person.language, person.layout
        self.truth = person.truth()
        pick = self.random.choice
        self.case = pick([str, str, str.upper, str.title if self.language == "en" else str])
        self.colon = self.random.random() < 0.12
        self.style = pick(dates.USUAL)
        self.form = pick(FORMS if self.layout != "tables" else FORMS[:3] + ["labels"])
        self.mark = pick(["•", "•", "-", "–", "*", "▪", "■", "‣"])
        self.comma = pick([", ", " | ", " – ", " · "])

    def heading(self, kind):
        text = self.case(self.random.choice(words.HEADINGS[self.language][kind]))
        return text + ":" if self.colon else text

    def write(self):
        """The written resume and its truth, as exact as it was written."""
        truth = self.truth
        sections = []
        if truth["summary"]:
            sections.append(Section("summary", self.heading("summary"), [Paragraph(truth["summary"])]))
        work = Section("experience", self.heading("experience"), self.experience(truth["experience"]))
        study = Section("education", self.heading("education"), [self.school(entry) for entry in truth["education"]])
        middle = [work] + ([study] if truth["education"] else [])
        if self.random.random() < 0.2:
            middle.reverse()
        sections += middle + self.abilities()
        if self.random.random() < 0.3:
            sections.append(Section("interests", self.heading("interests"), [Paragraph(INTERESTS[self.language])]))
        if self.random.random() < 0.2:
            sections.append(Section("references", self.heading("references"), [Paragraph(REFERENCES[self.language])]))
        headline = truth["experience"][0]["title"] if self.random.random() < 0.35 else ""
        written = Written(self.name(), headline, self.contact(), sections, self.language)
        return written, self.exact_truth()

    # Head

    def name(self):
        truth = self.truth
        if truth.get("nativeName"):
            return self.random.choice(["{0}", "{0} – {1}", "{1} | {0}", "{1}"]).format(truth["fullName"], truth["nativeName"])
        form = self.random.choice(["{}", "{}", "{}", "{}", "{}", "upper", "vitae", "after"])
        if form == "upper":
            return truth["fullName"].upper()
        if form == "vitae":
            return f"{self.random.choice(VITAE[self.language])}\n{truth['fullName']}"
        if form == "after" and self.language == "en":
            return f"{truth['fullName']}, {self.random.choice(['MBA', 'PMP', 'CPA', 'RN', 'PhD'])}"
        return truth["fullName"]

    def contact(self):
        truth = self.truth
        mail, phone, place = self.random.choice(CONTACT_LABELS[self.language])
        street = truth["street"]
        where = ", ".join(part for part in [street, truth["location"]] if part)
        parts = [f"{mail}{truth['email']}" if truth["email"] else "", f"{phone}{truth['phone']}" if truth["phone"] else "",
                 f"{place}{where}" if where else "", truth["link"] or ""]
        parts = [part for part in parts if part]
        self.random.shuffle(parts)
        return parts

    # Work

    def date_style(self):
        if self.layout == "dates":
            return self.random.choice(dates.STYLES)
        return self.style if self.random.random() < 0.93 else "year"

    def experience(self, jobs):
        blocks, index = [], 0
        while index < len(jobs):
            run = [job for job in jobs[index:] if job["company"] == jobs[index]["company"]]
            if len(run) > 1 and self.form != "labels" and self.layout != "tables" and self.random.random() < 0.6:
                blocks += self.promotions(run)
            else:
                run = run[:1]
                blocks.append(self.job(run[0]))
            index += len(run)
        return blocks

    def span(self, job):
        text, job["startDate"], job["endDate"] = dates.span(job["start"], job["end"], self.date_style(), self.language, self.random)
        return text

    def promotions(self, run):
        """A company once, then the positions held there, each with its own span."""
        company = run[0]["company"] + (f", {run[0]['place']}" if run[0]["place"] else "")
        whole = ""
        if self.random.random() < 0.4:
            whole, _, _ = dates.span(run[-1]["start"], run[0]["end"], "year" if run[-1]["start"][0] != (run[0]["end"] if run[0]["end"] != "present" else (2026, 11))[0] else self.style, self.language, self.random)
        blocks = [Entry([Line(company, whole, bold=True)], "", [], [])]
        for job in run:
            job["place"] = None
            when = self.span(job)
            blocks.append(Entry([Line(job["title"], when)], "", self.points(job), []))
        return blocks

    def points(self, job):
        return [Bullets(job["bullets"], self.mark)] if job["bullets"] else []

    def job(self, job):
        title, company, when = job["title"], job["company"], self.span(job)
        place = job["place"]
        where = f"{company}, {place}" if place else company
        line, bold = Line, lambda left, right="": Line(left, right, bold=True)
        position, employer, period = LABELS[self.language]
        if self.form in ("company|title|date", "title|company|place|date"):
            parts = [company, title, when] if self.form.startswith("company") else [title, company, *([place] if place else []), when]
            lines = [bold(self.random.choice([" | ", " • ", " · "]).join(parts))]
        else:
            lines = {
                "title-date/company": [bold(title, when), line(where)],
                "company-date/title": [bold(where, when), line(title)],
                "title,company/date": [bold(f"{title}, {company}"), line(when + (f" | {place}" if place else ""))],
                "title at company (date)": [bold(f"{title}{AT[self.language]}{company} ({when})")],
                "date/title/company": [line(when), bold(title), line(where)],
                "date: title, company": [line(f"{when}: {title}, {company}")],
                "title/company/date": [bold(title), line(where), line(when)],
                "labels": [line(f"{position}: {title}"), line(f"{employer}: {company}"), line(f"{period}: {when}")],
                "title – company/date, place": [bold(f"{title} – {company}"), line(f"{when}{', ' + place if place else ''}")],
                "company/title-date": [bold(where), line(title, when)],
            }[self.form]
        rest = {"labels": [line(f"{position}: {title}"), line(f"{employer}: {company}")],
                "company-date/title": [bold(where), line(title)],
                "title,company/date": [bold(f"{title}, {company}")]}.get(self.form, [bold(title), line(where)])
        return Entry(lines, when, self.points(job), rest)

    # Learning

    def school(self, entry):
        text = entry["form"].format(d=entry["degree"], f=entry["field"])
        school, when = entry["institution"], f"{entry['year']}"
        if self.random.random() < 0.5 and self.style != "season":
            style = self.style if self.random.random() < 0.4 else "year"
            start, end = (entry["from"], self.random.choice([9, 10])), (entry["year"], self.random.choice([5, 6, 7]))
            when, _, _ = dates.span(start, end, style, self.language, self.random)
        line, bold = Line, lambda left, right="": Line(left, right, bold=True)
        if not hasattr(self, "school_form"):
            self.school_form = self.random.choice(["degree-date/school", "school-date/degree", "one", "dash", "date/degree/school",
                                                   "degree/school/date"])
        lines = {
            "degree-date/school": [bold(text, when), line(school)], "school-date/degree": [bold(school, when), line(text)],
            "one": [line(f"{text}, {school}, {when}")], "dash": [line(f"{text} – {school} ({when})")],
            "date/degree/school": [line(when), bold(text), line(school)], "degree/school/date": [bold(text), line(school), line(when)],
        }[self.school_form]
        extra = []
        if self.language == "en" and self.random.random() < 0.12:
            extra = [Bullets([self.random.choice(["GPA: 3.7/4.0", "Dean's List", "Thesis on waiting lines in small clinics"])], self.mark)]
        return Entry(lines, when, extra, [bold(text), line(school)])

    # Skills, languages, certificates

    def abilities(self):
        truth, sections = self.truth, []
        technical, soft = truth["technicalSkills"], truth["softSkills"]
        form = self.random.choice(["commas", "bullets", "pipes", "groups", "levels", "lines", "dots"])
        if technical or soft:
            separate = soft and technical and self.random.random() < 0.3
            mixed = technical + ([] if separate else soft)
            self.random.shuffle(mixed)
            sections.append(Section("skills", self.heading("skills"), self.skills(mixed, technical, soft, form, separate)))
            if separate:
                sections.append(Section("soft", self.case(SOFT_HEADING[self.language]), [Paragraph(", ".join(soft))]))
        if truth["languages"]:
            sections.append(Section("languages", self.heading("languages"), self.spoken()))
        if truth["certifications"]:
            items = [item + self.random.choice(["", "", f" ({self.random.randint(2012, 2025)})", f", {self.random.randint(2012, 2025)}"])
                     for item in truth["certifications"]]
            block = [Bullets(items, self.mark)] if self.random.random() < 0.6 else [Line(item) for item in items]
            sections.append(Section("certifications", self.heading("certifications"), block))
        self.random.shuffle(sections)
        return sections

    def skills(self, mixed, technical, soft, form, separate):
        if form == "groups" and len(technical) > 3:
            first, second, third = GROUPS[self.language]
            middle = len(technical) // 2
            lines = [Line(f"{first}: {', '.join(technical[:middle])}"), Line(f"{second}: {', '.join(technical[middle:])}")]
            return lines + ([Line(f"{third}: {', '.join(soft)}")] if soft and not separate else [])
        if form == "bullets":
            return [Bullets(mixed, self.mark)]
        if form == "lines":
            return [Line(skill) for skill in mixed]
        if form == "levels":
            level = lambda skill: skill if skill in soft else f"{skill} ({self.random.choice(LEVELS[self.language])})"
            return [Paragraph(", ".join(level(skill) for skill in mixed))]
        return [Paragraph({"pipes": " | ", "dots": " • "}.get(form, ", ").join(mixed))]

    def spoken(self):
        spoken = self.truth["languages"]
        form = self.random.choice(["{} ({})", "{} – {}", "{}: {}", "{} {}"])
        items = [form.format(*pair) for pair in spoken]
        if ":" not in form and self.random.random() < 0.5:
            return [Paragraph(", ".join(items))]
        return [Bullets(items, self.mark)] if self.random.random() < 0.3 else [Line(item) for item in items]

    # Truth

    def exact_truth(self):
        truth = dict(self.truth)
        truth["experience"] = [{key: job[key] for key in ("title", "company", "startDate", "endDate", "bullets")}
                               for job in truth["experience"]]
        truth["education"] = [{key: entry[key] for key in ("degree", "institution", "field", "year")} for entry in truth["education"]]
        truth["languages"] = [name for name, _ in truth["languages"]]
        return truth
