// What measures of agreement say in plain words.

// Koo and Li 2016, J. Chiropr. Med. 15:155, for the limits of an ICC's interval. A quadratic weighted
// kappa is an ICC where there are many answers: Fleiss and Cohen 1973, Educ. Psychol. Meas. 33:613.
const levels = [[0.9, "excellent"], [0.75, "good"], [0.5, "moderate"], [-Infinity, "poor"]];
const level = (value) => levels.find(([least]) => value >= least)[1];

/** "good agreement", or "poor to good agreement" where the interval leaves both open. */
export function agreementWords({ value, interval }) {
  const [low, high] = interval ? [level(interval.lower), level(interval.upper)] : [level(value), level(value)];
  return low === high ? `${low} agreement` : `${low} to ${high} agreement`;
}

/** Krippendorff 2004, Hum. Commun. Res. 30:411. */
export function alphaWords(value) {
  if (value >= 0.8) return "reliable";
  return value >= 0.667 ? "good enough for tentative conclusions" : "not reliable";
}

/** 0.3 → "0.30 higher than others"; within about two standard errors of 0 that may be chance. */
export function severityWords({ difference, standardError }) {
  const size = Math.abs(difference).toFixed(2);
  if (size === "0.00") return "the same as others";
  const words = `${size} ${difference < 0 ? "lower" : "higher"} than others`;
  return standardError === null || Math.abs(difference) > 2 * standardError ? words : `${words}, which may be chance`;
}

/** An interval of ±2 standard errors, about 95 %. */
export function severityInterval({ difference, standardError }) {
  return standardError === null ? null : { lower: difference - 2 * standardError, upper: difference + 2 * standardError };
}
