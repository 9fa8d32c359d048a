/**
 * How a character of the demo model speaks in a story. Blanks are filled with what the story has: `{who}` the person spoken
 * to, `{me}` and `{other}` characters, `{deed}`, `{quote}` and `{topic}` what the person did, said and meant, `{earlier}`
 * something they said before, `{place}`, `{clock}` and `{prop}` what is in the scene, `{intro}` who the character is, and `{told}` that it has said so. With a
 * capital, the filling has one. A phrase whose blanks cannot be filled is not said.
 */
export type Voice = {
  /** Small things the character does; narration stands between asterisks throughout. */
  gestures: readonly string[];
  /** A person did something. */
  deeds: readonly string[];
  /** They ask for a reason, for a yes or no, or for anything else. */
  why: readonly string[];
  whether: readonly string[];
  questions: readonly string[];
  statements: readonly string[];
  yes: readonly string[];
  no: readonly string[];
  /** Who are you, who is `{named}`, where are we, how late is it, what should I do. */
  self: readonly string[];
  named: readonly string[];
  where: readonly string[];
  when: readonly string[];
  advice: readonly string[];
  /** A person says hello or their name, or thanks. */
  meeting: readonly string[];
  thanks: readonly string[];
  /** What else happens, or comes to mind. */
  developments: readonly string[];
  recalls: readonly string[];
  closings: readonly string[];
  /** Words put in on what `{other}` said. */
  asides: readonly string[];
};
