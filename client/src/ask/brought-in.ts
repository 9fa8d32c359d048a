import { fenceAfter } from '../../../src/domain/code-fence.ts';
import type { OfferedSource } from '../../../src/domain/offered-source.ts';
import type { AskPair } from '../store/ask.ts';

/**
 * A question on the side and its answer as a message for the room. The numbers of the answer mean nothing there, or
 * another passage: what it cites is lettered instead, and told by title.
 */
export function broughtIn({ question, text, sources = [], citations, botName }: AskPair): string {
  const { lettered, labels } = letteredText(text.trim(), sources, citations);
  const told = labels.map((label, index) => `[${letterOf(index)}] ${label}`).join('; ');
  return [
    `I asked ${botName ?? 'the library'} on the side:`,
    quoted(question.trim()),
    'The answer:',
    quoted(lettered),
    ...(told === '' ? [] : [`Sources: ${told}`]),
  ].join('\n\n');
}

function quoted(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n');
}

/** What is typed already, then what is brought in. */
export function withBrought(typed: string, brought: string): string {
  return typed.trim() === '' ? brought : `${typed.trimEnd()}\n\n${brought}`;
}

/** `a` to `z`, then `aa`. */
export function letterOf(index: number): string {
  const last = String.fromCharCode(97 + (index % 26));
  return index < 26 ? last : letterOf(Math.floor(index / 26) - 1) + last;
}

function labelOf({ title, heading }: OfferedSource): string {
  return heading === '' || heading === title ? title : `${title}, ${heading}`;
}

function letteredText(text: string, sources: readonly OfferedSource[], citations: readonly number[]) {
  const labels: string[] = [];
  const letterFor = (mark: string, digits: string): string => {
    const source = sources.find(({ number }) => number === Number(digits));
    if (source === undefined || !citations.includes(source.number)) return mark;
    const label = labelOf(source);
    if (!labels.includes(label)) labels.push(label);
    return `[${letterOf(labels.indexOf(label))}]`;
  };
  let fence: string | undefined;
  const lines = text.split('\n').map((line) => {
    const before = fence;
    fence = fenceAfter(line, fence);
    return before !== undefined || fence !== undefined ? line : outsideCode(line, letterFor);
  });
  // Two passages of one section have one letter, which is said once.
  return { lettered: lines.join('\n').replace(/(\[[a-z]+\])\1+/g, '$1'), labels };
}

/** In code brackets mean something else. */
function outsideCode(line: string, letterFor: (mark: string, digits: string) => string): string {
  return line
    .split(/(`+[^`]*`+)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/\[(\d{1,9})\](?![(:])/g, letterFor)))
    .join('');
}
