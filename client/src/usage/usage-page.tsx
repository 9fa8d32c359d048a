import { ArrowLeft, RefreshCw } from 'lucide-react';
import { useEffect } from 'react';
import { DemoBanner } from '../app/demo-banner.tsx';
import { type Period, periods, usageAddress } from '../app/period.ts';
import { Link, navigate } from '../app/router.tsx';
import { TopBar } from '../app/top-bar.tsx';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Segments } from '../ui/segments.tsx';
import { UsageReport } from './usage-report.tsx';
import { useUsage } from './use-usage.ts';

type Props = { roomId: string; days: Period };

const options = periods.map((days) => ({ value: `${days}`, label: `${days} days` }));

/** What a room's calls of models took, over a period that the address names. */
export function UsagePage({ roomId, days }: Props) {
  const { loading, shown, error, reload } = useUsage(roomId, days);
  const title = shown?.usage.title;
  useEffect(() => {
    document.title = `Usage${title === undefined ? '' : ` of ${title}`} · Kibitz`;
  }, [title]);
  const choose = (value: string) => {
    const chosen = periods.find((period) => `${period}` === value);
    if (chosen !== undefined) navigate(usageAddress(roomId, chosen), 'replace');
  };
  return (
    <div className="page">
      <DemoBanner />
      <TopBar />
      <main className="usage" aria-busy={loading}>
        <Link href={`/rooms/${roomId}`} className="usage-back">
          <ArrowLeft aria-hidden="true" /> {title ?? 'To the room'}
        </Link>
        <div className="usage-head">
          <h1>Usage</h1>
          <Segments legend="Period" options={options} value={`${days}`} onChange={choose} />
          <IconButton label="Refresh" onClick={reload} aria-disabled={loading}>
            <RefreshCw className={loading ? 'spin' : undefined} />
          </IconButton>
        </div>
        <p className="visually-hidden" role="status">
          {loading ? 'Loading the usage' : ''}
        </p>
        {error === undefined ? null : (
          <div className="note note-error" role="alert">
            <p>
              {error.code === 'forbidden'
                ? 'Those who watch are not told what the room uses.'
                : error.message}
            </p>
            {error.code === 'forbidden' || error.code === 'not_found' ? null : (
              <Button small onClick={reload}>
                Try again
              </Button>
            )}
          </div>
        )}
        {shown === undefined && loading ? (
          <div className="usage-skeleton" aria-hidden="true">
            <i />
            <i />
            <i />
          </div>
        ) : null}
        {shown === undefined ? null : <UsageReport usage={shown.usage} days={shown.days} />}
      </main>
    </div>
  );
}
