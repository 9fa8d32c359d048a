import { CloudOff, RefreshCw, Unplug } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useApp } from '../app/client.ts';

const patienceMs = 1_200;

/** Says so when what is shown may be old, and what becomes of what is typed meanwhile. A short hiccup is not mentioned. */
export function LinkStatus() {
  const link = useApp((state) => state.link);
  const catchingUp = useApp(({ room }) => room?.status === 'live' && room.behind);
  const waiting = useApp((state) => state.outbox.filter((message) => message.status === 'waiting').length);
  const trouble = link === 'offline' || link === 'reconnecting' || link === 'connecting';
  const [lasting, setLasting] = useState(false);
  const apart = useApp((state) => state.apart);
  const quiet = !trouble && !catchingUp && !apart;
  useEffect(() => {
    if (quiet) return setLasting(false);
    const timer = setTimeout(() => setLasting(true), patienceMs);
    return () => clearTimeout(timer);
  }, [quiet]);
  const isOnlyApart = apart && !trouble && !catchingUp;
  if (quiet || (!lasting && link !== 'offline')) return null;
  const kept =
    waiting === 0
      ? 'What you send now goes out then.'
      : `${waiting === 1 ? 'One message waits and goes' : `${waiting} messages wait and go`} out then.`;
  return (
    <p className="link-status" role="status" data-link={link}>
      {link === 'offline' ? (
        <CloudOff aria-hidden="true" />
      ) : isOnlyApart ? (
        <Unplug aria-hidden="true" />
      ) : (
        <RefreshCw className="spin" aria-hidden="true" />
      )}
      <span>
        {link === 'offline' ? <strong>Offline.</strong> : null}
        {link === 'reconnecting' ? <strong>Connection lost.</strong> : null}
        {link === 'connecting' ? <strong>Connecting…</strong> : null}
        {link === 'online' ? (
          <strong>{isOnlyApart ? 'Part of the server is out of touch.' : 'Catching up…'}</strong>
        ) : null}{' '}
        {isOnlyApart ? 'What others write may come a few seconds late. Nothing is lost.' : null}
        {link === 'offline' ? `Back as soon as there is a network. ${kept}` : null}
        {link === 'reconnecting' ? `Trying again by itself. ${kept}` : null}
      </span>
    </p>
  );
}
