/** Somebody who can be spoken to, person or bot. */
export type Participant = { id: string; name: string };
