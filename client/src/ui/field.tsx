import { type ReactNode, useId } from 'react';

type Props = {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  children: (ids: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode;
};

/** A labelled field with what helps and what is wrong. */
export function Field({ label, hint, error, children }: Props) {
  const id = useId();
  const about = error ?? hint;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        ...(about === undefined ? {} : { 'aria-describedby': `${id}-about` }),
        ...(error === undefined ? {} : { 'aria-invalid': true as const }),
      })}
      {about === undefined ? null : (
        <p id={`${id}-about`} className={error === undefined ? 'field-hint' : 'field-error'}>
          {about}
        </p>
      )}
    </div>
  );
}
