/* Finding by a few letters: labels, clauses, words. Korean is also found by the first consonants of its
   syllables, as people type it: "ㅅㅇㅊ" finds 승용차. */

const INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const FIRST = 0xac00;
const LAST = 0xd7a3;
const PER_INITIAL = 588;

const plain = (text) => text.normalize("NFC").toLowerCase();

/** The text with each syllable as its first consonant. */
export function initialsOf(text) {
  return [...plain(text)]
    .map((letter) => {
      const code = letter.codePointAt(0);
      return code < FIRST || code > LAST ? letter : INITIALS[Math.floor((code - FIRST) / PER_INITIAL)];
    })
    .join("");
}

/** Does the text hold every word of the query? */
export function matches(text, query) {
  const whole = plain(text);
  const isInitials = (word) => [...word].every((letter) => INITIALS.includes(letter));
  const has = (word) => whole.includes(word) || (isInitials(word) && initialsOf(text).includes(word));
  return plain(query).split(/\s+/).filter(Boolean).every(has);
}

/** Where the query stands in the text, as [start, end) in UTF-16 units, without overlap. */
export function placesOf(text, query) {
  const [whole, wanted] = [text.toLowerCase(), query.trim().toLowerCase()];
  const places = [];
  if (!wanted || whole.length !== text.length) return places;
  for (let at = whole.indexOf(wanted); at >= 0; at = whole.indexOf(wanted, at + wanted.length)) {
    places.push([at, at + wanted.length]);
  }
  return places;
}
