/** A line of a page: its text, the size of its letters, and the space before it. */
export type TinyLine = { text: string; size?: number; before?: number };

/** A PDF with pages of text in Helvetica. `content` gives the stream of a page as it is, with the entries of its filter. */
export function tinyPdf(
  pages: readonly (readonly TinyLine[] | { content: Uint8Array; filter: string })[],
  { info = '', trailer = '' }: { info?: string; trailer?: string } = {},
): Buffer {
  const kids = pages.map((_, index) => `${5 + 2 * index} 0 R`).join(' ');
  const objects: Buffer[] = [
    text('<< /Type /Catalog /Pages 2 0 R >>'),
    text(`<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`),
    text('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>'),
    text(`<< ${info} >>`),
  ];
  pages.forEach((page, index) => {
    const resources = '/Resources << /Font << /F1 3 0 R >> >>';
    const contents = `/Contents ${6 + 2 * index} 0 R`;
    objects.push(text(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] ${contents} ${resources} >>`));
    const { content, filter } =
      'content' in page ? page : { content: Buffer.from(drawn(page), 'latin1'), filter: '' };
    const head = text(`<< /Length ${content.length} ${filter} >>\nstream\n`);
    objects.push(Buffer.concat([head, content, text('\nendstream')]));
  });
  return assembled(objects, trailer);
}

/** A PDF that says it can only be opened with a password. */
export function lockedPdf(): Buffer {
  const key = `<${'00'.repeat(32)}>`;
  const encrypt = `/Encrypt << /Filter /Standard /V 1 /R 2 /O ${key} /U ${key} /P -4 >> /ID [<00> <00>]`;
  return tinyPdf([[{ text: 'Secret' }]], { trailer: encrypt });
}

const text = (value: string) => Buffer.from(value, 'latin1');

function drawn(lines: readonly TinyLine[]): string {
  const shown = lines.map(({ text, size = 11, before = 14 }) => {
    const escaped = text.replace(/[\\()]/g, '\\$&');
    return `/F1 ${size} Tf 0 -${before} Td (${escaped}) Tj`;
  });
  return `BT 72 760 Td ${shown.join('\n')} ET`;
}

function assembled(objects: readonly Buffer[], trailer: string): Buffer {
  const parts: Buffer[] = [text('%PDF-1.4\n')];
  const offsets: number[] = [];
  const length = () => parts.reduce((sum, part) => sum + part.length, 0);
  objects.forEach((object, index) => {
    offsets.push(length());
    parts.push(text(`${index + 1} 0 obj\n`), object, text('\nendobj\n'));
  });
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${entries}`;
  const end = `trailer\n<< /Size ${size} /Root 1 0 R /Info 4 0 R ${trailer} >>\nstartxref\n${length()}\n%%EOF\n`;
  return Buffer.concat([...parts, text(table + end)]);
}
