import { Modal, type ModalProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '#renderer/words/words.ts';
import { navigate } from './navigation.ts';

export interface ListDialogProps extends Pick<ModalProps, 'opened' | 'onClose' | 'size' | 'padding' | 'classNames'> {
  /** The dialog's name. */
  readonly title: string;
  /** What stands in it; given a way that leaves the dialog for one of the incidents it speaks of. */
  readonly children: (open: (idOrNumber: string) => void) => ReactNode;
}

/** A dialog that tells of incidents and leads to them. Left by "Dismiss" or Esc; there is nothing to confirm. */
export function ListDialog({ children, onClose, ...dialog }: ListDialogProps) {
  const say = useWords('common');
  const open = (idOrNumber: string) => {
    onClose();
    navigate({ name: 'incident', idOrNumber });
  };
  return (
    <Modal {...dialog} onClose={onClose} closeButtonProps={{ 'aria-label': say('dismiss'), title: say('dismiss') }}>
      {children(open)}
    </Modal>
  );
}
