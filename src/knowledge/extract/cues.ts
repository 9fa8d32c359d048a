import type { SourceFormat } from '../../domain/source.ts';
import type { Extracted } from './extracted.ts';
import { unreadable } from './refusals.ts';
import { Sections } from './sections.ts';

const time = String.raw`(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})`;
const timing = new RegExp(String.raw`^\s*${time}\s+-->\s+${time}(?:\s|$)`);

/** Whether a text has the shape of subtitles: a number, then from when to when. */
export function looksLikeSrt(text: string): boolean {
  const [first = '', second = ''] = text.trimStart().split(/\r\n|\r|\n/, 2);
  return /^\d+\s*$/.test(first) && timing.test(second);
}

/** WebVTT and SubRip: what is said and when, one piece a cue. Markup goes; who speaks stays, as a name before the words. */
export function extractCues(text: string, format: Extract<SourceFormat, 'vtt' | 'srt'>): Extracted {
  const sections = new Sections();
  const blocks = text.replace(/\r\n|\r/g, '\n').split(/\n[ \t]*\n+/);
  let found = false;
  for (const block of blocks) {
    const lines = block.split('\n');
    const at = lines.findIndex((line) => timing.test(line));
    if (at < 0 || at > 1) continue;
    const [start, end] = timesOf(lines[at] ?? '');
    found = true;
    const said = lines
      .slice(at + 1)
      .map(spoken)
      .filter(Boolean)
      .join('\n');
    sections.add({ kind: 'cue', text: said, start, end });
  }
  if (!found) throw unreadable(`This is no ${format} file: it has no times.`);
  return { format, sections: sections.all() };
}

function timesOf(line: string): [start: number, end: number] {
  const numbers = (timing.exec(line) ?? []).slice(1).map((part) => part ?? '0');
  const milliseconds = ([hours, minutes, seconds, fraction = '0']: string[]) =>
    ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000 + Number(fraction.padEnd(3, '0'));
  return [milliseconds(numbers.slice(0, 4)), milliseconds(numbers.slice(4))];
}

const characters: Record<string, string> = { amp: '&', lt: '<', gt: '>', nbsp: ' ', lrm: '', rlm: '' };

function spoken(line: string): string {
  return line
    .replace(/<v(?:\.[^\s>]*)?\s+([^>]{1,80})>/g, '$1: ')
    .replace(/<\/?[a-z0-9][^<>]{0,200}>/gi, '')
    .replace(/\{\\[^{}]{0,200}\}/g, '')
    .replace(/&(amp|lt|gt|nbsp|lrm|rlm);/g, (_, name: string) => characters[name] ?? '')
    .trim();
}
