import { Toast } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import { asKibitzError } from '../../../src/lib/errors.ts';

const toasts = Toast.createToastManager();

/** Says something in passing, in plain words. */
export function tell(title: string): void {
  toasts.add({ title, timeout: 4_000 });
}

/** Says that something was done, with a way to take it back. `description` says what that comes to. */
export function tellUndo(title: string, description: string, undo: () => Promise<unknown>): void {
  const id = toasts.add({
    title,
    description,
    timeout: 10_000,
    actionProps: {
      children: 'Undo',
      onClick: () => {
        toasts.close(id);
        undo().catch((error: unknown) => tellError('It could not be undone', error));
      },
    },
  });
}

/** Says that something did not work, and why. */
export function tellError(title: string, error: unknown): void {
  const { code, message } = asKibitzError(error);
  const description = code === 'internal' && !(error instanceof Error) ? undefined : message;
  toasts.add({ title, description, type: 'error', timeout: 8_000, priority: 'high' });
}

function ToastList() {
  const { toasts: shown } = Toast.useToastManager();
  return shown.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className="toast">
      <Toast.Content className="toast-content">
        <Toast.Title className="toast-title" />
        <Toast.Description className="toast-text" />
        {toast.actionProps === undefined ? null : <Toast.Action className="toast-action" />}
        <Toast.Close className="icon-button toast-close" aria-label="Dismiss">
          <X />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}

export function Toasts() {
  return (
    <Toast.Provider toastManager={toasts} limit={3}>
      <Toast.Portal>
        <Toast.Viewport className="toasts">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}
