import { renderMarkdown } from './document/render-markdown.ts';
import type { Fact, FactStatus } from './fact.ts';
import type { RoomState } from './room-state.ts';

const headings: Readonly<Record<FactStatus, string>> = {
  confirmed: 'What is known',
  suspected: 'What is suspected',
  ruled_out: 'What was ruled out',
};

/** What a room has come to, as Markdown: its brief, its facts by how sure they are, and what is still open. */
export function resolutionNote(state: Pick<RoomState, 'room' | 'brief' | 'facts' | 'tasks'>): string {
  const { room, brief, facts, tasks } = state;
  const open = tasks.filter(({ status }) => status === 'open');
  const parts = [
    `# ${room.title}`,
    renderMarkdown(brief.document).trim(),
    ...(['confirmed', 'suspected', 'ruled_out'] as const).map((status) =>
      part(headings[status], facts.filter((fact) => fact.status === status).map(toldFact)),
    ),
    part(
      'Still open',
      open.map(({ kind, text }) => `${kind === 'question' ? 'Question' : 'Check'}: ${oneLine(text)}`),
    ),
  ].filter((text) => text !== '');
  if (parts.length === 1) parts.push('Nothing has been established yet.');
  return `${parts.join('\n\n')}\n`;
}

function part(heading: string, rows: readonly string[]): string {
  return rows.length === 0 ? '' : `## ${heading}\n\n${rows.map((row) => `- ${row}`).join('\n')}`;
}

function toldFact({ text, summary }: Fact): string {
  return `${oneLine(text)} — *${oneLine(summary)}*`;
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();
