import type { UsageCall, UsageSum } from '../../../src/protocol/usage.ts';
import { counted, duration, figure, median, percent } from './figures.ts';

type Props = { totals: UsageSum; calls: readonly UsageCall[] };

/** The period in six figures. */
export function Totals({ totals, calls }: Props) {
  const waits = calls.flatMap(({ firstTokenMs }) => (firstTokenMs === null ? [] : [firstTokenMs]));
  const wait = median(waits);
  return (
    <dl className="usage-totals">
      <Figure name="Tokens in" value={figure(totals.promptTokens)} about="what models were given to read" />
      <Figure name="Tokens out" value={figure(totals.completionTokens)} about="what they wrote" />
      <Figure name="Calls" value={figure(totals.calls)} about="of a model" />
      <Figure
        name="Failed"
        value={figure(totals.failed)}
        about={`${percent(totals.failed, totals.calls)} of calls`}
      />
      <Figure
        name="Estimated"
        value={percent(totals.estimated, totals.calls)}
        about="of calls, as the model told no tokens"
      />
      <Figure
        name="First token"
        value={wait === undefined ? '–' : duration(wait)}
        about={
          wait === undefined
            ? 'not known'
            : `median of the latest ${counted(waits.length, 'call')} that streamed`
        }
      />
    </dl>
  );
}

function Figure({ name, value, about }: { name: string; value: string; about: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <strong>{value}</strong> <span>{about}</span>
      </dd>
    </div>
  );
}
