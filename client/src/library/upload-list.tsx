import { X } from 'lucide-react';
import type { Upload } from '../store/uploads.ts';
import { IconButton } from '../ui/icon-button.tsx';

type Props = { uploads: readonly Upload[]; onDismiss: (id: string) => void };

/** Files on their way into the library, and those that did not get there. */
export function UploadList({ uploads, onDismiss }: Props) {
  if (uploads.length === 0) return null;
  return (
    <ul className="uploads" aria-label="Uploads">
      {uploads.map((upload) => (
        <li key={upload.id}>
          <span className="source-title">{upload.name}</span>
          {upload.error === undefined ? (
            <Progress upload={upload} />
          ) : (
            <p className="field-error" role="alert">
              {upload.error}
            </p>
          )}
          {upload.error === undefined ? null : (
            <IconButton label={`Dismiss ${upload.name}`} onClick={() => onDismiss(upload.id)}>
              <X />
            </IconButton>
          )}
        </li>
      ))}
    </ul>
  );
}

function Progress({ upload: { name, sent } }: { upload: Upload }) {
  return (
    <>
      <progress aria-label={`Sending ${name}`} value={sent} max={1} />
      <span className="source-about">{sent < 1 ? `${Math.floor(sent * 100)} %` : 'being read'}</span>
    </>
  );
}
