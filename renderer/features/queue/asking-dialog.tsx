import type { BulkDeed, BulkDetails } from './bulk.ts';
import type { BulkDialogProps, Typing } from './bulk-dialog.tsx';
import { ResolveDialog } from './bulk-resolve-dialog.tsx';
import { HoldDialog } from './hold-dialog.tsx';
import { TransferDialog } from './transfer-dialog.tsx';
import type { BulkOrder } from './use-bulk.ts';

/** The deeds that ask something before they act. */
export type AskingDeed = keyof BulkDetails;
export const isAsking = (deed: BulkDeed): deed is AskingDeed =>
  deed === 'transfer' || deed === 'hold' || deed === 'resolve';

export interface AskingDialogProps extends Omit<BulkDialogProps<AskingDeed>, 'onConfirm'> {
  readonly deed: AskingDeed;
  readonly onConfirm: (order: BulkOrder, typing: Typing) => void;
}

/** The dialog of a deed over a queue; what it asks for comes back as the order to carry out. */
export function AskingDialog({ deed, onConfirm, ...dialog }: AskingDialogProps) {
  switch (deed) {
    case 'transfer':
      return <TransferDialog {...dialog} onConfirm={(details, typing) => onConfirm({ deed, details }, typing)} />;
    case 'hold':
      return <HoldDialog {...dialog} onConfirm={(details, typing) => onConfirm({ deed, details }, typing)} />;
    case 'resolve':
      return <ResolveDialog {...dialog} onConfirm={(details, typing) => onConfirm({ deed, details }, typing)} />;
  }
}
