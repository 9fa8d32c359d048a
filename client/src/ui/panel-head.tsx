import { type ReactNode, useEffect, useRef } from 'react';

/** The heading of what stands beside the conversation. It takes the focus if what led here has gone. */
export function PanelHead({ title, children }: { title: string; children?: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus();
  }, []);
  return (
    <div className="panel-head">
      <h2 ref={heading} tabIndex={-1}>
        {title}
      </h2>
      {children}
    </div>
  );
}
