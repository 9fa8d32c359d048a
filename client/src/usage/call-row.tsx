import type { UsageCall } from '../../../src/protocol/usage.ts';
import { clockTime } from '../ui/time.ts';
import { duration, figure } from './figures.ts';
import { errorWords, outcomeWords, purposeWords, searchWords } from './words.ts';

type Props = { call: UsageCall; asker: string; bot: string | undefined };

const date = (at: string) => new Date(at).toLocaleDateString(undefined, { day: 'numeric', month: 'short' });
const none = <span className="usage-none">–</span>;

/** One call of a model. */
export function CallRow({ call, asker, bot }: Props) {
  return (
    <tr data-outcome={call.outcome}>
      <th scope="row">
        <time dateTime={call.at}>
          {date(call.at)}, {clockTime(call.at)}
        </time>
      </th>
      <td>{asker}</td>
      <td>{bot ?? none}</td>
      <td>
        {purposeWords(call.purpose)}
        {call.searchTier === null ? null : (
          <span className="usage-small">library: {searchWords(call.searchTier)}</span>
        )}
      </td>
      <td>
        {call.model}
        {call.fallback || call.tier === 'fallback' ? <span className="tag">stood in</span> : null}
      </td>
      <td data-label="in">
        {figure(call.promptTokens)}
        {call.estimated ? <span className="usage-small">estimated</span> : null}
      </td>
      <td data-label="out">{figure(call.completionTokens)}</td>
      <td data-label="took">
        {duration(call.totalMs)}
        {call.firstTokenMs === null ? null : (
          <span className="usage-small">first after {duration(call.firstTokenMs)}</span>
        )}
      </td>
      <td>
        <span className="usage-outcome">{outcomeWords[call.outcome]}</span>
        {call.errorKind === null ? null : <span className="usage-small">{errorWords(call.errorKind)}</span>}
      </td>
    </tr>
  );
}
