const keyOf = (roomId: string) => `kibitz.draft.${roomId}`;

/** What was typed in a room and not sent, from this browser. */
export function savedDraft(roomId: string): string {
  try {
    return localStorage.getItem(keyOf(roomId)) ?? '';
  } catch {
    return '';
  }
}

export function saveDraft(roomId: string, text: string): void {
  try {
    if (text === '') localStorage.removeItem(keyOf(roomId));
    else localStorage.setItem(keyOf(roomId), text);
  } catch {
    // Storage is full or switched off: the draft lives as long as the page.
  }
}
