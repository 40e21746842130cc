"""Compares what was read in resumes with what is true of them."""

import random
import re
import unicodedata

# Titles with companies and dates stand for a position only together; so do the four values of an education.
ACCURACIES = ["name", "e-mail", "phone", "location", "current title", "total years"]
F1 = ["titles with companies and dates", "education", "skills", "languages", "certifications"]
GOALS = {"name": 0.98, "e-mail": 0.98, "phone": 0.98, "titles with companies and dates": 0.9, "education": 0.9, "skills": 0.9}


def fold(text):
    """Letters, digits, + and # without case, accents and typographic variants."""
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text or "").lower().replace("ß", "ss"))
    return " ".join(re.sub(r"[^\w+#]+", " ", "".join(c for c in text if not unicodedata.combining(c))).split())


def digits(text):
    return re.sub(r"\D", "", text or "")


def positions(entries):
    return [(fold(entry["title"]), fold(entry["company"]), entry["startDate"], entry["endDate"]) for entry in entries]


def schools(entries):
    compact = lambda text: fold(text).replace(" ", "")
    return [(compact(entry["degree"]), fold(entry["institution"]), fold(entry["field"]), entry["year"]) for entry in entries]


def years(entries, today=(2026, 11)):
    """The union of the positions' months; a year without a month stands for its middle, a year alone for half a year."""
    covered = set()
    for entry in entries:
        start, end = entry["startDate"], entry["endDate"]
        exact = "-" in start
        first = int(start[:4]) * 12 + (int(start[5:]) - 1 if exact else 6)
        if end == "present":
            after = today[0] * 12 + today[1]
        else:
            after = int(end[:4]) * 12 + (int(end[5:]) if "-" in end else 6)
        if not exact and start == end:
            first, after = first - 3, first + 3
        covered |= set(range(first, after))
    return len(covered) / 12


def facts(truth, read):
    """For each measure: (right, said, true) counts of one resume."""
    read_positions = [entry for entry in read["experience"]]
    names = {fold(truth["fullName"]), fold(truth.get("nativeName")), fold(f"{truth['fullName']} {truth.get('nativeName')}")}
    current = {fold(entry["title"]) for entry in truth["experience"] if entry["endDate"] == "present"} or {""}
    place = fold(truth["location"] or truth["street"])
    true_skills = {fold(skill) for skill in truth["technicalSkills"] + truth["softSkills"] + truth["namedSkills"]}
    found = {
        "name": fold(read["fullName"]) in names,
        "e-mail": (read["email"] or "").lower() == (truth["email"] or "").lower(),
        "phone": digits(read["phone"]) == digits(truth["phone"]),
        "location": place in fold(read["location"]) if place else not read["location"],
        "current title": fold(read["currentTitle"]) in current,
        "total years": abs((read["totalYearsExperience"] or 0) - years(truth["experience"])) < 0.11,
    }
    languages = lambda values: {fold(value).split(" ")[0] for value in values}
    lists = {
        "titles with companies and dates": (positions(truth["experience"]), positions(read_positions)),
        "education": (schools(truth["education"]), schools(read["education"])),
        "skills": (true_skills, {fold(skill) for skill in read["skills"]}),
        "languages": (languages(truth["languages"]), languages(read["languages"])),
        "certifications": ({fold(value) for value in truth["certifications"]}, {fold(value) for value in read["certifications"]}),
    }
    counts = {measure: (int(right), 1, 1) for measure, right in found.items()}
    for measure, (true, said) in lists.items():
        rest, right = list(true), 0
        for value in said:
            if value in rest:
                rest.remove(value)
                right += 1
        counts[measure] = (right, len(list(said)), len(list(true)))
    return counts


def rate(counts):
    """F1 of summed counts, which for single values is the share that is right."""
    right, said, true = (sum(column) for column in zip(*counts)) if counts else (0, 0, 0)
    return 2 * right / (said + true) if said + true else None


def interval(counts, draws=1000, seed=7):
    """The 95 % interval by bootstrap over resumes."""
    source = random.Random(seed)
    rates = [rate(source.choices(counts, k=len(counts))) for _ in range(draws)]
    rates = sorted(value for value in rates if value is not None)
    return (rates[int(len(rates) * 0.025)], rates[int(len(rates) * 0.975) - 1]) if rates else None


def table(results, title, columns):
    """Lines of a Markdown table: one row for each measure, for all resumes and for each layout."""
    lines = [f"| {title} | goal | all (n = {len(results)}) | " + " | ".join(columns) + " |", "|---" * (3 + len(columns)) + "|"]
    for measure in ACCURACIES + F1:
        counts = [result["counts"][measure] for result in results]
        low, high = interval(counts) or (0, 0)
        cells = [rate([r["counts"][measure] for r in results if r["layout"] == layout]) for layout in columns]
        shown = " | ".join("–" if cell is None else f"{cell:.2f}" for cell in cells)
        goal = f"{GOALS[measure]:.2f}" if measure in GOALS else ""
        lines.append(f"| {measure} | {goal} | {rate(counts):.3f} ({low:.3f}–{high:.3f}) | {shown} |")
    return lines
