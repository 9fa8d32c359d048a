import { getDocumentProxy } from 'unpdf';
import type { Extracted } from './extracted.ts';
import { type PdfLine, pdfLines } from './pdf-lines.ts';
import { tooLarge, unreadable } from './refusals.ts';
import { Sections } from './sections.ts';

export const mostPages = 2_000;
/** A line larger than the usual text by this much is a heading. */
const headingScale = 1.15;
const longestHeading = 120;

/** The text of a PDF: by its headings where it has some, else by its pages. Nothing of it is run, rendered or fetched. */
export async function extractPdf(bytes: Uint8Array): Promise<Extracted> {
  const document = await open(bytes);
  try {
    if (document.numPages > mostPages) throw tooLarge(`a PDF may have ${mostPages} pages.`);
    const pages: PdfLine[][] = [];
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number);
      pages.push(pdfLines((await page.getTextContent()).items));
      page.cleanup();
    }
    if (pages.every((lines) => lines.length === 0)) {
      throw unreadable('this PDF has no text; it may be a scan. Only text can be read.');
    }
    const { info } = await document.getMetadata().catch(() => ({ info: {} }));
    return { format: 'pdf', ...toldBy(info), sections: sectionsOf(pages) };
  } finally {
    await document.loadingTask.destroy().catch(() => {});
  }
}

async function open(bytes: Uint8Array) {
  try {
    return await getDocumentProxy(new Uint8Array(bytes), {
      // No font, map or file is looked for elsewhere.
      useSystemFonts: false,
      disableFontFace: true,
      enableXfa: false,
      stopAtErrors: false,
      useWasm: false,
      verbosity: 0,
    });
  } catch (reason) {
    if (reason instanceof Error && reason.name === 'PasswordException') {
      throw unreadable('this PDF is protected by a password. Send one without.', reason);
    }
    throw unreadable('this PDF is damaged and cannot be read.', reason);
  }
}

function toldBy(info: object): Pick<Extracted, 'title' | 'author'> {
  const text = (key: string) => {
    const value: unknown = (info as Record<string, unknown>)[key];
    return typeof value === 'string' && value.trim() !== '' ? value : undefined;
  };
  return { title: text('Title'), author: text('Author') };
}

function sectionsOf(pages: readonly (readonly PdfLine[])[]) {
  const isHeading = headingsIn(pages.flat());
  const hasHeadings = pages.flat().filter(isHeading).length >= 2;
  const sections = new Sections();
  pages.forEach((lines, index) => {
    if (!hasHeadings) sections.heading(`Page ${index + 1}`, `page-${index + 1}`);
    const paragraph: PdfLine[] = [];
    const end = () => sections.add({ kind: 'paragraph', text: joined(paragraph.splice(0)) });
    for (const line of lines) {
      if (hasHeadings && isHeading(line)) {
        end();
        sections.heading(line.text);
        continue;
      }
      if (line.isApart) end();
      paragraph.push(line);
    }
    end();
  });
  return sections.all();
}

/** A heading is a short line in a larger size than most of the text has. */
function headingsIn(lines: readonly PdfLine[]): (line: PdfLine) => boolean {
  const lengths = new Map<number, number>();
  for (const { size, text } of lines) lengths.set(size, (lengths.get(size) ?? 0) + text.length);
  const [usual = 0] = [...lengths].toSorted((a, b) => b[1] - a[1])[0] ?? [];
  return ({ size, text }) =>
    size > usual * headingScale && text.length <= longestHeading && /\p{L}/u.test(text);
}

/** Lines as a paragraph, a word that was cut at the end of a line whole again. */
function joined(lines: readonly PdfLine[]): string {
  return lines
    .map(({ text }) => text)
    .join('\n')
    .replace(/(\p{Ll})-\n(\p{Ll})/gu, '$1$2')
    .replaceAll('\n', ' ');
}
