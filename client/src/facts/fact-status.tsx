import { ChevronDown, CircleCheck, CircleDashed, CircleX } from 'lucide-react';
import { type Fact, type FactStatus, factStatuses } from '../../../src/domain/fact.ts';
import { live } from '../app/client.ts';
import { useRoomTools } from '../room/room-context.ts';
import { statusWords } from '../store/facts.ts';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { tellError } from '../ui/toasts.tsx';

function StatusIcon({ status }: { status: FactStatus }) {
  switch (status) {
    case 'suspected':
      return <CircleDashed aria-hidden="true" />;
    case 'confirmed':
      return <CircleCheck aria-hidden="true" />;
    case 'ruled_out':
      return <CircleX aria-hidden="true" />;
  }
}

/** How sure a fact is, for those who may not change it. */
export function FactStatusMark({ status }: { status: FactStatus }) {
  return (
    <span className="fact-status" data-status={status}>
      <StatusIcon status={status} /> {statusWords[status]}
    </span>
  );
}

/** How sure a fact is, and how to say otherwise. */
export function FactStatusMenu({ fact: { factId, status, stateVersion } }: { fact: Fact }) {
  const { roomId } = useRoomTools();
  const change = (to: FactStatus) => {
    if (to === status) return;
    live
      .command(roomId, 'fact.edit', { factId, status: to, ifVersion: stateVersion })
      .catch((error: unknown) => tellError('The fact stays as it is', error));
  };
  return (
    <Menu
      label={`${statusWords[status]}. Change that`}
      className="fact-status fact-status-button"
      align="start"
      trigger={
        <span className="fact-status-words" data-status={status}>
          <StatusIcon status={status} /> {statusWords[status]}
          <ChevronDown aria-hidden="true" />
        </span>
      }
    >
      {factStatuses.map((one) => (
        <MenuItem
          key={one}
          icon={<StatusIcon status={one} />}
          isCurrent={one === status}
          onChoose={() => change(one)}
        >
          {statusWords[one]}
        </MenuItem>
      ))}
    </Menu>
  );
}
