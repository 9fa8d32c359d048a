/** The longest stretch of a phrase between its blanks. */
function skeletonOf(phrase: string): string {
  const pieces = phrase.split(/\{\w+\}/).map((piece) => piece.trim());
  return pieces.reduce((longest, piece) => (piece.length > longest.length ? piece : longest), '');
}

/** Whether a phrase, however its blanks were filled, has not been said yet in `said`. */
export function isFresh(phrase: string, said: string): boolean {
  const skeleton = skeletonOf(phrase);
  return skeleton === '' || !said.includes(skeleton);
}
