import type { SourceFormat } from '../../domain/source.ts';
import { looksLikeSrt } from './cues.ts';
import { unreadable } from './refusals.ts';

const endings: Readonly<Record<string, SourceFormat>> = {
  md: 'md',
  markdown: 'md',
  txt: 'txt',
  text: 'txt',
  log: 'txt',
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  pdf: 'pdf',
  vtt: 'vtt',
  srt: 'srt',
};

/** A file as what it is read as: text, but for a PDF. */
export type KnownFile = { format: 'pdf' } | { format: Exclude<SourceFormat, 'pdf'>; text: string };

/** What a file is, by what is in it first and by how its name ends second. Refuses what is none of those it can be. */
export function fileFormat(bytes: Uint8Array, name: string): KnownFile {
  const ending = /\.([a-z0-9]{1,10})$/i.exec(name.trim())?.[1]?.toLowerCase() ?? '';
  const named = Object.hasOwn(endings, ending) ? endings[ending] : undefined;
  if (hasPdfHeader(bytes)) return { format: 'pdf' };
  if (named === 'pdf') throw unreadable('its name ends in .pdf, but it is no PDF.');
  if (ending !== '' && named === undefined) {
    throw unreadable(`.${ending} files cannot be read; md, txt, html, pdf, vtt and srt can.`);
  }
  const text = decoded(bytes);
  if (text.trim() === '') throw unreadable('there is no text in it.');
  return { format: formatOf(text, named), text };
}

function hasPdfHeader(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 1_024)).includes('%PDF-');
}

function formatOf(
  text: string,
  named: Exclude<SourceFormat, 'pdf'> | undefined,
): Exclude<SourceFormat, 'pdf'> {
  const start = text.slice(0, 2_000).trimStart();
  if (/^WEBVTT(\s|$)/.test(start)) return 'vtt';
  if (looksLikeSrt(start)) return 'srt';
  if (named !== undefined) return named;
  if (/^<(!doctype html|html|head|body)[\s>]/i.test(start)) return 'html';
  return /^#{1,6} \S/m.test(text) ? 'md' : 'txt';
}

/** Text in UTF-8 or, by its first bytes, UTF-16; else as Western European systems wrote it. What is no text is refused. */
function decoded(bytes: Uint8Array): string {
  const [first = 0, second = 0] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const notText = 'it is not text, nor a PDF.';
  if (bytes.includes(0)) throw unreadable(notText);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const text = new TextDecoder('windows-1252').decode(bytes);
    // Machine code and packed files are full of these.
    if (/\p{Cc}/u.test(text.replace(/\s/g, ''))) throw unreadable(notText);
    return text;
  }
}
