import type { Id } from '#domain/activity/activity.ts';
import { CancelDialog } from './cancel-dialog.tsx';
import { HoldDialog } from './hold-dialog.tsx';
import { OverrideDialog } from './override-dialog.tsx';
import { ReopenDialog } from './reopen-dialog.tsx';
import { ResolveIncident } from './resolve-incident.tsx';
import { TransferDialog } from './transfer-dialog.tsx';
import type { DialogProps } from './use-dialog.tsx';

export type DialogName = 'hold' | 'resolve' | 'reopen' | 'cancel' | 'transfer' | 'override';

export interface DialogsProps extends DialogProps {
  readonly name: DialogName;
  readonly groupId: Id | null;
}

/** The one dialog that stands over the incident. */
export function Dialogs({ name, groupId, ...props }: DialogsProps) {
  switch (name) {
    case 'hold':
      return <HoldDialog {...props} />;
    case 'resolve':
      return <ResolveIncident {...props} />;
    case 'reopen':
      return <ReopenDialog {...props} />;
    case 'cancel':
      return <CancelDialog {...props} />;
    case 'transfer':
      return <TransferDialog {...props} groupId={groupId} />;
    case 'override':
      return <OverrideDialog {...props} />;
  }
}
