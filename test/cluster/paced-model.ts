import { setTimeout as pause } from 'node:timers/promises';
import { createRandom } from '../../scripts/verify/random.ts';
import {
  fails,
  type Gate,
  type RecordedRequest,
  type Script,
  type ScriptedEndpoint,
  type Step,
  says,
  startScriptedEndpoint,
} from '../support/scripted-endpoint.ts';

const words = [
  'One ',
  'moment ',
  'please, ',
  'ünïcödé ',
  '👩‍🚀 ',
  '**bold** ',
  '\n\n',
  '`code` ',
  'and so on. ',
];

/** The name under which it does not fail. */
export const secondModel = 'second';

/** A model that takes its time, so that what goes wrong goes wrong in the midst of replies; now and then it fails. */
export async function startPacedModel(): Promise<ScriptedEndpoint> {
  const endpoint = await startScriptedEndpoint();
  endpoint.reply((request) => scriptFor(request, endpoint.requests.length));
  return endpoint;
}

function scriptFor(request: RecordedRequest, count: number): Script {
  if (!request.stream) return says('{}');
  const random = createRandom(`${request.lastText} ${count}`);
  const isFirst = request.body.model !== secondModel;
  if (isFirst && random.chance(0.05)) return fails(500);
  const gap = paced(random.between(5, 60));
  const steps = Array.from({ length: random.between(2, 25) }, (): Step[] => [
    { gate: gap },
    { text: random.pick(words) ?? '' },
  ]).flat();
  return { steps: isFirst && random.chance(0.1) ? [...steps, { cut: true }] : steps };
}

/** Lets each passage through after so many milliseconds. */
function paced(milliseconds: number): Gate {
  return { release: () => {}, open: () => {}, pass: () => pause(milliseconds) };
}
