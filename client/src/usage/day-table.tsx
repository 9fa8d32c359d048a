import type { DaySum } from './days.ts';
import { figure, fullDay } from './figures.ts';

/** The chart's figures, the latest day first. */
export function DayTable({ days }: { days: readonly DaySum[] }) {
  return (
    <details className="usage-details">
      <summary>All days in figures</summary>
      <table className="usage-table">
        <caption className="visually-hidden">Tokens a day</caption>
        <thead>
          <tr>
            <th scope="col">Day (UTC)</th>
            <th scope="col">In</th>
            <th scope="col">Out</th>
            <th scope="col">Calls</th>
          </tr>
        </thead>
        <tbody>
          {days.toReversed().map((sum) => (
            <tr key={sum.day} data-none={sum.calls === 0}>
              <th scope="row">{fullDay(sum.day)}</th>
              <td>{figure(sum.promptTokens)}</td>
              <td>{figure(sum.completionTokens)}</td>
              <td>{figure(sum.calls)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
