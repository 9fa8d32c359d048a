import { Sparkles, X } from 'lucide-react';
import { useState } from 'react';
import { CopyButton } from '../ui/copy-button.tsx';
import { Modal } from '../ui/dialog.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { useApp } from './client.ts';

const key = 'kibitz.demo-banner';
const ways = [
  {
    name: 'OpenAI',
    lines: 'OPENAI_BASE_URL=https://api.openai.com/v1\nOPENAI_API_KEY=sk-…\nMODEL=gpt-4.1-mini',
  },
  { name: 'Ollama, on this machine', lines: 'OPENAI_BASE_URL=http://localhost:11434/v1\nMODEL=llama3.2' },
  {
    name: 'Any other compatible endpoint',
    lines: 'OPENAI_BASE_URL=https://…/v1\nOPENAI_API_KEY=…\nMODEL=…',
  },
];

function wasDismissed(): boolean {
  try {
    return sessionStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}

/** Says that no real model answers, and how to connect one. */
export function DemoBanner() {
  const isDemo = useApp((state) => state.server?.demoModel === true);
  const [dismissed, setDismissed] = useState(wasDismissed);
  const [open, setOpen] = useState(false);
  if (!isDemo || dismissed) return null;
  const dismiss = () => {
    setDismissed(true);
    try {
      sessionStorage.setItem(key, 'dismissed');
    } catch {
      // It comes back with the next page; no harm done.
    }
  };
  return (
    <aside className="banner" aria-label="Demo model">
      <Sparkles aria-hidden="true" />
      <p>
        <span>A built-in demo model answers.</span>{' '}
        <button type="button" className="text-button" onClick={() => setOpen(true)}>
          Connect OpenAI, Ollama or any compatible endpoint…
        </button>
      </p>
      <IconButton label="Dismiss" onClick={dismiss}>
        <X />
      </IconButton>
      <Modal
        open={open}
        onClose={() => setOpen(false)}
        title="Connect a model"
        description="Set these variables where the server is started, and start it again. Rooms and messages stay as they are."
      >
        <div className="dialog-body">
          {ways.map((way) => (
            <section key={way.name} className="env">
              <h3>{way.name}</h3>
              <div className="env-lines">
                <pre>{way.lines}</pre>
                <CopyButton text={() => way.lines} label={`Copy the lines for ${way.name}`} />
              </div>
            </section>
          ))}
        </div>
      </Modal>
    </aside>
  );
}
