/** A line of a page: its text, the size of its letters, and whether more than a line's space is before it. */
export type PdfLine = { text: string; size: number; isApart: boolean };

/** A run of letters as PDF.js tells it; marks of structure have no text. */
type Item = { str?: string; transform?: number[]; width?: number; height?: number; hasEOL?: boolean };

/** Puts the runs of a page together into lines, in the order of the file. */
export function pdfLines(items: readonly object[]): PdfLine[] {
  const lines: (PdfLine & { y: number })[] = [];
  let runs: Required<Pick<Item, 'str' | 'transform' | 'width'>>[] = [];
  const end = () => {
    const text = textOf(runs);
    const [first] = runs;
    runs = [];
    if (text === '' || first === undefined) return;
    const [, , c = 0, d = 0, , y = 0] = first.transform;
    const size = Math.round(Math.hypot(c, d) * 2) / 2;
    const before = lines.at(-1);
    const gap = before === undefined ? 0 : before.y - y;
    const isApart = before !== undefined && (gap > 1.6 * Math.max(size, before.size) || gap < -size);
    lines.push({ text, size, isApart, y });
  };
  for (const item of items as readonly Item[]) {
    if (item.str === undefined) continue;
    const { str, transform = [], width = 0 } = item;
    const last = runs.at(-1);
    if (last !== undefined && Math.abs((last.transform[5] ?? 0) - (transform[5] ?? 0)) > heightOf(last) / 2)
      end();
    if (str !== '') runs.push({ str, transform, width });
    if (item.hasEOL === true) end();
  }
  end();
  return lines.map(({ text, size, isApart }) => ({ text, size, isApart }));
}

type Run = { str: string; transform: number[]; width: number };

const heightOf = ({ transform }: Run) => Math.hypot(transform[2] ?? 0, transform[3] ?? 0) || 1;

/** Runs that stand apart are words apart. */
function textOf(runs: readonly Run[]): string {
  let text = '';
  runs.forEach((run, index) => {
    const before = runs[index - 1];
    const gap =
      before === undefined ? 0 : (run.transform[4] ?? 0) - (before.transform[4] ?? 0) - before.width;
    const isApart = gap > heightOf(run) * 0.2 && !/\s$/.test(text) && !/^\s/.test(run.str);
    text += isApart ? ` ${run.str}` : run.str;
  });
  return text.replace(/\s+/g, ' ').trim();
}
