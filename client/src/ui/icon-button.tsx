import type { ComponentProps } from 'react';

type Props = Omit<ComponentProps<'button'>, 'aria-label'> & { label: string };

/** A button that shows an icon alone; its label is read out and shown on hover. */
export function IconButton({ label, className, children, ...rest }: Props) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={className === undefined ? 'icon-button' : `icon-button ${className}`}
      {...rest}
    >
      {children}
    </button>
  );
}
