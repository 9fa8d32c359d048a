/** A text as one line without its markup, for where only a glance of it is shown. */
export function plainLine(text: string, max: number): string {
  const line = text
    .slice(0, max * 4)
    .replace(/```[^\n]*\n?/g, ' ')
    .replace(/!?\[([^\]\n]*)\]\([^)\n]*\)/g, '$1')
    .replace(/^[#>\s]+/gm, '')
    .replace(/[*_`|]{1,3}/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > max ? `${line.slice(0, max).trimEnd()}…` : line;
}
