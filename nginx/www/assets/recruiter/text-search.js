// Finding words in a text as people expect it: without regard to case, accents, kinds of apostrophe
// and space, and, unless one asks for it, punctuation.

/**
 * Every place of `query` in `text`, in order and without overlaps.
 *
 * @returns [[from, to], …] in UTF-16 units of the text, `to` exclusive
 */
export function findAll(text, query) {
  const withPunctuation = /[\p{P}\p{S}]/u.test(query.replaceAll(/['’]/g, ""));
  const wanted = fold(query.trim(), withPunctuation).folded;
  const { folded, starts, ends } = fold(text, withPunctuation);
  const found = [];
  if (wanted === "") return found;
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + wanted.length)) {
    found.push([starts[at], ends[at + wanted.length - 1]]);
  }
  return found;
}

// The text as it is compared, and for each of its units where the original one begins and ends.
function fold(text, withPunctuation) {
  let folded = "";
  const starts = [];
  const ends = [];
  let at = 0;
  for (const letter of text) {
    const end = at + letter.length;
    const plain = foldLetter(letter, withPunctuation);
    if (!(plain === " " && folded.endsWith(" "))) {
      for (let unit = 0; unit < plain.length; unit += 1) {
        starts.push(at);
        ends.push(end);
      }
      folded += plain;
    }
    at = end;
  }
  return { folded, starts, ends };
}

function foldLetter(letter, withPunctuation) {
  if (/\s/u.test(letter)) return " ";
  if (/['’]/.test(letter)) return "'";
  if (!withPunctuation && /[\p{P}\p{S}]/u.test(letter)) return "";
  return letter.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
}
