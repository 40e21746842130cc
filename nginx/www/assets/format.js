// Numbers and times as people read them. `language` is a BCP 47 tag.

/** 95 → "1:35" */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function unit(value, name, language) {
  return new Intl.NumberFormat(language, { style: "unit", unit: name, unitDisplay: "long" }).format(value);
}

/** 150 → "2 minutes 30 seconds"; the two largest units that are not zero. */
export function duration(seconds, language = "en") {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [
    [Math.floor(whole / 86400), "day"],
    [Math.floor(whole / 3600) % 24, "hour"],
    [Math.floor(whole / 60) % 60, "minute"],
    [whole % 60, "second"],
  ];
  const first = parts.findIndex(([value]) => value > 0);
  if (first < 0) return unit(0, "second", language);
  const units = parts.slice(first, first + 2).filter(([value]) => value > 0)
    .map(([value, name]) => unit(value, name, language));
  return new Intl.ListFormat(language, { type: "unit", style: "narrow" }).format(units);
}

/** 0.45 → "45%" */
export function percent(fraction, language = "en") {
  return new Intl.NumberFormat(language, { style: "percent" }).format(fraction);
}

/** 940000 → "940 kB", 1234567 → "1.2 MB", 1234567890 → "1.2 GB" */
export function bytes(count, language = "en") {
  const [size, name] = count < 1e6 ? [1e3, "kilobyte"] : count < 1e9 ? [1e6, "megabyte"] : [1e9, "gigabyte"];
  const digits = count < 1e6 ? 0 : 1;
  return new Intl.NumberFormat(language, { style: "unit", unit: name, maximumFractionDigits: digits }).format(count / size);
}

/** "in 3 days", "2 hours ago" */
export function relative(time, now = Date.now(), language = "en") {
  const seconds = (new Date(time).getTime() - now) / 1000;
  const [size, name] = [[86400, "day"], [3600, "hour"], [60, "minute"]]
    .find(([size]) => Math.abs(seconds) >= size) ?? [1, "second"];
  const formatter = new Intl.RelativeTimeFormat(language, { numeric: "always" });
  return formatter.format(Math.trunc(seconds / size), name);
}

/** "21 November 2026 at 09:00 UTC+1" in the reader's own zone. */
export function moment(time, language = "en-GB") {
  return new Intl.DateTimeFormat(language, {
    day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short",
  }).format(new Date(time));
}

/** "12:03" in the reader's own zone. */
export function timeOfDay(time, language = "en-GB") {
  return new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" }).format(new Date(time));
}
