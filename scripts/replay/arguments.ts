import { parseArgs } from 'node:util';
import { type Template, templateSchema, templates } from '../../src/domain/settings.ts';

export const usage = `usage: npm run replay -- FILE.jsonl --room NAME [options]
  --url URL       where Kibitz runs (http://localhost:3000)
  --speed N|max   1 is real time, N is N times faster, max as fast as the server takes it (10)
  --limit N       only the first N messages
  --bot NAME      what the room's bot is called; it answers when it is named (Kibitz)
  --ask-every N   have the speaker ask the bot something after every N messages (never)
  --template NAME what kind of room: blank, story, troubleshooting or library (troubleshooting)`;

export type ReplayArguments = {
  file: string;
  room: string;
  url: string;
  /** How many times faster than real time; infinite for as fast as possible. */
  speed: number;
  limit: number;
  bot: string;
  /** Messages after which the bot is asked something; 0: never. */
  askEvery: number;
  template: Template;
};

/** Why the arguments will not do. */
export class UsageError extends Error {}

/** Reads the command line. Throws a `UsageError`; gives undefined when only help is wanted. */
export function readArguments(args: string[]): ReplayArguments | undefined {
  const { values, positionals } = parse(args);
  if (values.help === true) return undefined;
  const [file, ...others] = positionals;
  if (file === undefined) throw new UsageError('which file? Name a log in JSON lines.');
  if (others.length > 0) throw new UsageError(`one file at a time, please: what is ${others[0]}?`);
  if (values.room === undefined) throw new UsageError('--room is missing: the title of the room to make.');
  return {
    file,
    room: values.room,
    url: serverUrl(values.url),
    speed: values.speed === 'max' ? Number.POSITIVE_INFINITY : numberOf('--speed', values.speed, 0.001),
    limit: values.limit === undefined ? Number.POSITIVE_INFINITY : countOf('--limit', values.limit),
    bot: values.bot,
    askEvery: values['ask-every'] === undefined ? 0 : countOf('--ask-every', values['ask-every']),
    template: templateOf(values.template),
  };
}

function templateOf(name: string): Template {
  const template = templateSchema.safeParse(name);
  if (template.success) return template.data;
  throw new UsageError(`--template is one of ${templates.join(', ')}, not ${name}.`);
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        room: { type: 'string' },
        url: { type: 'string', default: 'http://localhost:3000' },
        speed: { type: 'string', default: '10' },
        limit: { type: 'string' },
        bot: { type: 'string', default: 'Kibitz' },
        'ask-every': { type: 'string' },
        template: { type: 'string', default: 'troubleshooting' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (reason) {
    throw new UsageError(reason instanceof Error ? reason.message : String(reason));
  }
}

function serverUrl(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new UsageError(`--url: ${text} is not an address such as http://localhost:3000.`);
  }
  return new URL(text).origin;
}

function numberOf(name: string, text: string, least: number): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number) || number < least) {
    throw new UsageError(`${name}: ${text} is not a number above 0${name === '--speed' ? ' or max' : ''}.`);
  }
  return number;
}

function countOf(name: string, text: string): number {
  const number = numberOf(name, text, 1);
  if (!Number.isInteger(number)) throw new UsageError(`${name}: ${text} is not a whole number.`);
  return number;
}
