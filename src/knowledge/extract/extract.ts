import { extractCues } from './cues.ts';
import type { Extracted } from './extracted.ts';
import { fileFormat } from './file-format.ts';
import { extractHtml } from './html.ts';
import { extractMarkdown, extractText } from './markdown.ts';
import { extractPdf } from './pdf.ts';

/** The text of a file, by what is in it. Runs in a worker: whatever it does, it is stopped in time. */
export async function extract(bytes: Uint8Array, name: string): Promise<Extracted> {
  const file = fileFormat(bytes, name);
  switch (file.format) {
    case 'pdf':
      return extractPdf(bytes);
    case 'html':
      return extractHtml(file.text);
    case 'md':
      return extractMarkdown(file.text);
    case 'txt':
      return extractText(file.text);
    case 'vtt':
    case 'srt':
      return extractCues(file.text, file.format);
  }
}
