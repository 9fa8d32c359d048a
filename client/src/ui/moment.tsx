import { ago, fullTime } from './time.ts';
import { Tip } from './tip.tsx';
import { useMinute } from './use-minute.ts';

/** How long ago something was; the exact time on hover and focus. */
export function Moment({ at }: { at: string }) {
  useMinute();
  const words = ago(at);
  const exact = fullTime(at);
  return (
    <Tip label={`${words}: ${exact}`} tip={exact} className="moment">
      <time dateTime={at}>{words}</time>
    </Tip>
  );
}
