import type { DemoRule } from './demo-rule.ts';
import { excerpt } from './demo-words.ts';

type Operation = Record<string, unknown>;

/** What the brief lacks of what is known, as operations: one section for the problem, one for facts, one for what is next. */
export const demoBrief: DemoRule = ({ lines }) => {
  const text = lines.map(({ name, text: said }) => (name === '' ? said : `${name}: ${said}`)).join('\n');
  const [told = '', brief = ''] = text.split('The brief as it stands:');
  const facts = [...told.matchAll(/^- \[([\w-]+)\] (.+) \((suspected|confirmed|ruled_out); [^()]*\)$/gm)];
  const [, talk = ''] = told.split('The latest messages:');
  const messages = [...talk.matchAll(/^- \[([\w-]+)\] ([^:\n]+): (.+)$/gm)];
  const asked = messages.filter(([, , , said = '']) => said.includes('?'));
  const [first] = (asked.length > 0 ? asked : messages).toSorted((a, b) => b[0].length - a[0].length);
  const open = [...told.matchAll(/^- (?:question|check): (.+)$/gm)].map(([, ask = '']) => ask);

  const operations: Operation[] = [];
  const section = (heading: string, id: string) => {
    if (!brief.includes(`section ${id} `))
      operations.push({ op: 'add_section', heading, level: 2, new_id: id });
  };
  const add = (id: string, block: string, rests?: string[]) => {
    if (brief.includes(block)) return;
    operations.push({
      op: 'append_block',
      section_id: id,
      text: block,
      ...(rests ? { rests_on: rests } : {}),
    });
  };
  if (first !== undefined && !brief.includes('section problem ')) {
    const [, messageId = '', who = '', said = ''] = first;
    section('Problem', 'problem');
    add('problem', `${who} asked: “${excerpt(said, 40)}”`, [messageId]);
  }
  if (facts.length > 0) section('What is known', 'known');
  for (const [, factId = '', fact = '', status] of facts) {
    const sure = { suspected: ' *(suspected)*', ruled_out: ' *(ruled out)*' }[status ?? ''] ?? '';
    add('known', `- ${fact}${sure}`, [factId]);
  }
  if (open.length > 0) section('Next', 'next');
  for (const ask of open) add('next', `- ${ask}`);
  return (key) => (key === 'operations' ? operations : undefined);
};
