import type { UsageResult } from '../../../src/protocol/usage.ts';
import { CallsTable } from './calls-table.tsx';
import { DayChart } from './day-chart.tsx';
import { filledDays, todayOf } from './days.ts';
import { Shares } from './shares.tsx';
import { Today } from './today.tsx';
import { Totals } from './totals.tsx';
import { askerWords, purposeWords } from './words.ts';

type Props = { usage: UsageResult; days: number };

/** A period's figures, from the whole to the single call. */
export function UsageReport({ usage, days }: Props) {
  const { totals, byModel, byUser, byPurpose, byDay, calls, today } = usage;
  const last = today?.day ?? todayOf(new Date());
  if (totals.calls === 0)
    return (
      <>
        {today === undefined ? null : <Today today={today} />}
        <div className="empty">
          <h2>Nothing was used in these {days} days</h2>
          <p>As soon as a bot answers in this room, what that took is written down here.</p>
        </div>
      </>
    );
  return (
    <>
      <Totals totals={totals} calls={calls} />
      {today === undefined ? null : <Today today={today} />}
      <DayChart days={filledDays(byDay, last, days)} />
      <div className="usage-shares">
        <Shares
          title="By person"
          of="Person"
          rows={byUser.map((sum) => ({
            key: sum.userId ?? '',
            label: askerWords(sum.userId, sum.name),
            ...sum,
          }))}
        />
        <Shares
          title="By purpose"
          of="Purpose"
          rows={byPurpose.map((sum) => ({ key: sum.purpose, label: purposeWords(sum.purpose), ...sum }))}
        />
        <Shares
          title="By model"
          of="Model"
          rows={byModel.map((sum) => ({ key: sum.model, label: sum.model, ...sum }))}
        />
      </div>
      <CallsTable usage={usage} />
    </>
  );
}
