import { useId } from 'react';
import type { UsageSum } from '../../../src/protocol/usage.ts';
import { tokensOf } from './days.ts';
import { figure } from './figures.ts';

type Row = UsageSum & { key: string; label: string };
type Props = { title: string; of: string; rows: readonly Row[] };

/** What each took, the largest first: figures, and below the name a bar of the tokens in and out. */
export function Shares({ title, of, rows }: Props) {
  const id = useId();
  const most = Math.max(1, ...rows.map(tokensOf));
  return (
    <section className="usage-part" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <table className="usage-table" aria-labelledby={id}>
        <thead>
          <tr>
            <th scope="col">{of}</th>
            <th scope="col">In</th>
            <th scope="col">Out</th>
            <th scope="col">Calls</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">
                {row.label}
                <span className="usage-share" aria-hidden="true">
                  <i data-part="in" style={{ width: `${(100 * row.promptTokens) / most}%` }} />
                  <i data-part="out" style={{ width: `${(100 * row.completionTokens) / most}%` }} />
                </span>
              </th>
              <td>{figure(row.promptTokens)}</td>
              <td>{figure(row.completionTokens)}</td>
              <td>
                {figure(row.calls)}
                {row.failed === 0 ? null : <span className="usage-failed">{figure(row.failed)} failed</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
