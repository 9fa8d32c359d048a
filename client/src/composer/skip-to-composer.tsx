/** Spares those who go by keyboard the way through every message. */
export function SkipToComposer() {
  const skip = () => document.querySelector<HTMLElement>('.composer textarea, .watching')?.focus();
  return (
    <button type="button" className="skip" onClick={skip}>
      Go to the message box
    </button>
  );
}
