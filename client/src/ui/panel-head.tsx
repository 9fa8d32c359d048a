import { type ReactNode, useRef } from 'react';
import { useFocusIfLost } from './use-focus-if-lost.ts';

/** The heading of what stands beside the conversation. It takes the focus if what led here has gone. */
export function PanelHead({ title, children }: { title: string; children?: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useFocusIfLost(heading);
  return (
    <div className="panel-head">
      <h2 ref={heading} tabIndex={-1}>
        {title}
      </h2>
      {children}
    </div>
  );
}
