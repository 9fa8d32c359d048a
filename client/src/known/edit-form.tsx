import { type FormEvent, type KeyboardEvent, type ReactNode, useRef } from 'react';
import { Button } from '../ui/button.tsx';
import { useFieldFocus } from '../ui/focus.ts';
import { useAutosize } from '../ui/use-autosize.ts';

type Props = {
  /** Names the field. */
  label: string;
  value: string;
  onChange: (value: string) => void;
  maxLength: number;
  /** What saving is called. */
  save: string;
  /** Longer texts have lines of their own: there Enter alone does not save. */
  isLong?: boolean;
  /** Whether there is something to decide first: `children` say how. */
  isHeld?: boolean;
  /** Whether nothing is an answer too. */
  mayBeEmpty?: boolean;
  busy: boolean;
  error: string | undefined;
  onSave: () => void;
  onCancel: () => void;
  before?: ReactNode;
  children?: ReactNode;
};

/** A text written in its place. Enter saves, or Ctrl and Enter where it is long; Escape leaves it as it was. */
export function EditForm(props: Props) {
  const {
    label,
    value,
    onChange,
    maxLength,
    save,
    isLong = false,
    isHeld = false,
    mayBeEmpty = false,
    busy,
    error,
  } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  useAutosize(field, value);
  useFieldFocus(field);
  const maySave = !busy && !isHeld && (mayBeEmpty || value.trim() !== '');
  const submit = (event: FormEvent | KeyboardEvent) => {
    event.preventDefault();
    if (maySave) props.onSave();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      // Leaves the text, and not the panel it stands in.
      event.stopPropagation();
      props.onCancel();
    }
    if (event.key !== 'Enter' || event.target !== field.current) return;
    const isSaving = isLong ? event.ctrlKey || event.metaKey : !event.shiftKey;
    if (isSaving) submit(event);
  };
  return (
    <form className="known-form" onSubmit={submit} onKeyDown={onKeyDown}>
      {props.before}
      <textarea
        ref={field}
        className="input"
        aria-label={label}
        maxLength={maxLength}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      {props.children}
      {error === undefined ? null : (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
      {isHeld ? null : (
        <div className="row">
          <Button type="submit" look="primary" small disabled={!maySave}>
            {save}
          </Button>
          <Button small onClick={props.onCancel}>
            Cancel
          </Button>
          {isLong ? (
            <span className="known-keys">
              <kbd>Ctrl</kbd> + <kbd>Enter</kbd> saves
            </span>
          ) : null}
        </div>
      )}
    </form>
  );
}
