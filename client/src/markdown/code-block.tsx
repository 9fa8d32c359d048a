import { CopyButton } from '../ui/copy-button.tsx';

export function CodeBlock({ code, language }: { code: string; language: string }) {
  return (
    <figure className="code-block" data-language={language === '' ? 'text' : language}>
      <CopyButton className="code-copy" text={() => code} label="Copy code" />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region needs focus to be scrolled by keys */}
      <pre tabIndex={0}>
        <code>{code.replace(/\n$/, '')}</code>
      </pre>
    </figure>
  );
}
