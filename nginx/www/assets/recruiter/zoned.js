// Times as the clocks of a zone show them, and the instants they mean. A zone is a name of the
// IANA's list; a local time is what a `datetime-local` field holds, "2026-11-24T10:00".

const DAY = 86_400_000;

/** How many minutes a zone's clocks are ahead of UTC at an instant. */
export function offsetAt(instant, zone) {
  return Math.round((Date.parse(`${localOf(instant, zone)}:00Z`) - Math.floor(instant / 60_000) * 60_000) / 60_000);
}

/** What a zone's clocks show at an instant, to the minute. */
export function localOf(instant, zone) {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
  }).formatToParts(new Date(instant));
  const { year, month, day, hour, minute } = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return `${year.padStart(4, "0")}-${month}-${day}T${hour}:${minute}`;
}

/**
 * The instant at which a zone's clocks show a local time, in milliseconds; the earlier one where they
 * show it twice, and null where they skip it.
 */
export function instantOf(local, zone) {
  const asUTC = Date.parse(`${local}:00Z`);
  if (Number.isNaN(asUTC)) return null;
  const offsets = [offsetAt(asUTC - DAY, zone), offsetAt(asUTC + DAY, zone)];
  const found = offsets.map((minutes) => asUTC - minutes * 60_000).filter((instant) => localOf(instant, zone) === local);
  return found.length > 0 ? Math.min(...found) : null;
}

/** "UTC+5:45" */
export function offsetWords(minutes) {
  const ahead = Math.abs(minutes);
  const clock = `${Math.floor(ahead / 60)}${ahead % 60 ? `:${String(ahead % 60).padStart(2, "0")}` : ""}`;
  return minutes === 0 ? "UTC" : `UTC${minutes < 0 ? "−" : "+"}${clock}`;
}

/** "Tue 24 Nov 2026, 10:00" as a zone's clocks show it. */
export function zonedMoment(instant, zone) {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone: zone, weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit",
  }).format(new Date(instant));
}

/** "10:00" as a zone's clocks show it. */
export function zonedTime(instant, zone) {
  return new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" }).format(new Date(instant));
}

/** The zone of whoever looks at the page. */
export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
