import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { DayBars } from './day-bars.tsx';
import { DayTable } from './day-table.tsx';
import { type DaySum, scaleEnd, tokensOf } from './days.ts';
import { counted, figure, fullDay, shortDay, shortFigure } from './figures.ts';

const wordsOf = ({ day, promptTokens, completionTokens, calls, failed }: DaySum) =>
  calls === 0
    ? `${fullDay(day)}: no calls`
    : `${fullDay(day)}: ${figure(promptTokens)} in, ${figure(completionTokens)} out, ${counted(calls, 'call')}` +
      (failed === 0 ? '' : `, ${figure(failed)} failed`);

/** Where arrows and their kin lead, of `count` days. */
function dayAfter(key: string, from: number, count: number): number | undefined {
  const to = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: count - 1 }[key];
  return to === undefined ? undefined : Math.min(Math.max(to, 0), count - 1);
}

/** Tokens a day, in upon out. One day is chosen, by pointer or arrows, and told in figures; a table tells all of them. */
export function DayChart({ days }: { days: readonly DaySum[] }) {
  const [chosen, setChosen] = useState<number>();
  const at = Math.min(chosen ?? days.length - 1, days.length - 1);
  const sum = days[at];
  const first = days[0];
  const last = days.at(-1);
  if (sum === undefined || first === undefined || last === undefined) return null;
  const end = scaleEnd(Math.max(...days.map(tokensOf)));
  const point = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const day = Math.floor(((event.clientX - left) / width) * days.length);
    setChosen(Math.min(Math.max(day, 0), days.length - 1));
  };
  const press = (event: KeyboardEvent) => {
    const next = dayAfter(event.key, at, days.length);
    if (next === undefined) return;
    event.preventDefault();
    setChosen(next);
  };
  return (
    <section className="usage-part" aria-labelledby="usage-days">
      <div className="usage-part-head">
        <h2 id="usage-days">Tokens a day</h2>
        <p className="usage-key">
          <i data-part="in" /> in <i data-part="out" /> out
        </p>
      </div>
      <p className="usage-day" data-testid="usage-day">
        {wordsOf(sum)}
      </p>
      <div className="usage-chart">
        <p className="usage-scale" aria-hidden="true">
          <span>{shortFigure(end)}</span>
          <span>{shortFigure(end / 2)}</span>
          <span>0</span>
        </p>
        <div
          className="usage-plot"
          role="slider"
          tabIndex={0}
          aria-label="Day"
          aria-valuemin={1}
          aria-valuemax={days.length}
          aria-valuenow={at + 1}
          aria-valuetext={wordsOf(sum)}
          onKeyDown={press}
          onPointerMove={point}
          onPointerDown={point}
        >
          <DayBars days={days} end={end} chosen={at} />
        </div>
        <p className="usage-dates" aria-hidden="true">
          <span>{shortDay(first.day)}</span>
          <span>{shortDay(last.day)}</span>
        </p>
      </div>
      <DayTable days={days} />
    </section>
  );
}
