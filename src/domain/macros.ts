/** Who the placeholders of a character's texts stand for. */
export type MacroNames = { char: string; user: string };

const macro = /\{\{(char|user|original)\}\}|<(char|bot|user)>/gi;

/** A character's text with names for `{{char}}`, `{{user}}` and their older forms; `{{original}}` stands for nothing here. */
export function withNames(text: string, { char, user }: MacroNames): string {
  return text.replace(macro, (_, braced: string | undefined, angled: string | undefined) => {
    const name = (braced ?? angled ?? '').toLowerCase();
    if (name === 'original') return '';
    return name === 'user' ? user : char;
  });
}
