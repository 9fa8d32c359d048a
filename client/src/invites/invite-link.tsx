import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { GrantableRole } from '../../../src/domain/roles.ts';
import { Button } from '../ui/button.tsx';
import { copyText } from '../ui/copy-button.tsx';

/** A link just made. It is told once: the server keeps only its hash. */
export function InviteLink({ url, role }: { url: string; role: GrantableRole }) {
  const [copied, setCopied] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another link has not been copied yet
  useEffect(() => setCopied(false), [url]);
  return (
    <section className="invite-link" aria-label={`New ${role} link`}>
      <input
        className="input"
        readOnly
        aria-label="Invite link"
        value={url}
        onFocus={(event) => event.target.select()}
      />
      <Button onClick={() => void copyText(url).then(setCopied)}>
        {copied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
        {copied ? 'Copied' : 'Copy link'}
      </Button>
      <p className="field-hint">Copy it now: for safety it cannot be shown again.</p>
    </section>
  );
}
