import { parseArgs } from 'node:util';

export const usage = `usage: npm run verify -- URL [URL…] [options]
  URL           where Kibitz runs; several, when several processes share its rooms
  --seed S      a number: the same seed gives the same plan (by chance)
  --minutes M   how long people do things for (1)
  --rooms N     rooms (3)
  --people N    people in each room (4)`;

export type VerifyArguments = {
  urls: string[];
  seed: number;
  minutes: number;
  rooms: number;
  people: number;
};

/** Why the arguments will not do. */
export class UsageError extends Error {}

/** Reads the command line. Throws a `UsageError`; gives undefined when only help is wanted. */
export function readArguments(args: string[], newSeed: () => number): VerifyArguments | undefined {
  const { values, positionals } = parse(args);
  if (values.help === true) return undefined;
  if (positionals.length === 0) throw new UsageError('which server? Name its address.');
  return {
    urls: positionals.map(serverUrl),
    seed: values.seed === undefined ? newSeed() : numberOf('--seed', values.seed, 0, true),
    minutes: numberOf('--minutes', values.minutes, 0.01, false),
    rooms: numberOf('--rooms', values.rooms, 1, true),
    people: numberOf('--people', values.people, 1, true),
  };
}

/** The command that gives the same plan again. */
export function commandOf({ urls, seed, minutes, rooms, people }: VerifyArguments): string {
  return `npm run verify -- ${urls.join(' ')} --seed ${seed} --minutes ${minutes} --rooms ${rooms} --people ${people}`;
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        seed: { type: 'string' },
        minutes: { type: 'string', default: '1' },
        rooms: { type: 'string', default: '3' },
        people: { type: 'string', default: '4' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (reason) {
    throw new UsageError(reason instanceof Error ? reason.message : String(reason));
  }
}

function serverUrl(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new UsageError(`${text} is not an address such as http://localhost:3000.`);
  return new URL(text).origin;
}

function numberOf(name: string, text: string, least: number, isWhole: boolean): number {
  const number = Number(text);
  const isFine = text.trim() !== '' && Number.isFinite(number) && number >= least;
  if (!isFine || (isWhole && !Number.isSafeInteger(number)))
    throw new UsageError(`${name}: ${text} is not a ${isWhole ? 'whole ' : ''}number from ${least} on.`);
  return number;
}
