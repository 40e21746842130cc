"""Writes months and spans of months as people do in resumes, and says how exact what was written is."""

MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
}
SHORT = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec".split(),
    "de": "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.".split(),
    "es": "ene. feb. mar. abr. may. jun. jul. ago. sept. oct. nov. dic.".split(),
}
PRESENT = {"en": ["Present", "present", "now", "Current", "today", "ongoing"], "de": ["heute", "jetzt", "aktuell", "dato"],
           "es": ["actualidad", "presente", "hoy", "Actualmente", "la fecha"]}
SINCE = {"en": ["since {}", "Since {}", "from {}"], "de": ["seit {}", "Seit {}", "ab {}"], "es": ["desde {}", "Desde {}"]}
TO = {"en": [" to ", " until "], "de": [" bis "], "es": [" a ", " hasta "]}
DASHES = [" – ", "–", " - ", "-", " — "]

USUAL = ["short", "long", "numeric", "year"]
STYLES = ["short", "long", "numeric", "year", "iso", "iso-slash", "dotted", "unpadded", "apostrophe", "days", "two-digit", "since",
          "season", "abbreviated-years", "open", "upper", "comma"]


def exactly(month, style):
    """`2019-03`, or `2019` for the styles that write years only."""
    if month == "present":
        return month
    year, number = month
    return f"{year}" if style in ("year", "abbreviated-years") else f"{year}-{number:02}"


def one(month, style, language):
    year, number = month
    name, short = MONTHS[language][number - 1], SHORT[language][number - 1]
    of = " de " if language == "es" and style == "long" else " "
    return {
        "short": f"{short} {year}", "long": f"{name}{of}{year}", "numeric": f"{number:02}/{year}", "year": f"{year}",
        "iso": f"{year}-{number:02}", "iso-slash": f"{year}/{number:02}", "dotted": f"{number:02}.{year}",
        "unpadded": f"{number}/{year}", "apostrophe": f"{short} '{year % 100:02}", "days": f"01.{number:02}.{year}",
        "two-digit": f"{number:02}/{year % 100:02}", "upper": f"{name.upper()} {year}", "comma": f"{name}, {year}",
    }.get(style, f"{short} {year}")


def span(start, end, style, language, random):
    """The text of a span, and its start and end as exactly as the text has them."""
    if style == "season":
        return season(start, language, random)
    if style == "since" and end == "present":
        inner = random.choice(["year", "short", "numeric"])
        return random.choice(SINCE[language]).format(one(start, inner, language)), exactly(start, inner), "present"
    if style == "open" and end == "present":
        return f"{one(start, 'numeric', language)} -", exactly(start, "numeric"), "present"
    if style == "abbreviated-years":
        if end == "present" or end[0] == start[0] or end[0] // 100 != start[0] // 100:
            style = "year"
        else:
            return f"{start[0]}{random.choice(['-', '–', '/'])}{end[0] % 100:02}", f"{start[0]}", f"{end[0]}"
    if style in ("since", "open"):
        style = "numeric"
    if style == "year" and end != "present" and end[0] == start[0] and random.random() < 0.5:
        return f"{start[0]}", f"{start[0]}", f"{start[0]}"
    dashes = [dash for dash in DASHES if style not in ("iso",) or " " in dash]
    joint = random.choice(dashes + TO[language])
    last = random.choice(PRESENT[language]) if end == "present" else one(end, style, language)
    if last == "la fecha":
        joint = " a "
    return f"{one(start, style, language)}{joint}{last}", exactly(start, style), exactly(end, style)


def season(start, language, random):
    """A season within the year of the start; a season is as exact as its months."""
    names = {"en": ["Spring", "Summer", random.choice(["Fall", "Autumn"])], "de": ["Frühjahr", "Sommer", "Herbst"],
             "es": ["Primavera", "Verano", "Otoño"]}[language]
    index = random.randrange(3)
    first = 3 + 3 * index
    of = " de " if language == "es" else " "
    return f"{names[index]}{of}{start[0]}", f"{start[0]}-{first:02}", f"{start[0]}-{first + 2:02}"
