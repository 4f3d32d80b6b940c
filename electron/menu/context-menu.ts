import { Menu, type MenuItemConstructorOptions, type WebContents } from 'electron';
import { say } from '#electron/words/words.ts';

/** Cut, copy and paste where text is edited, copy where some is selected; a page with its own menu keeps it. */
export const offerTextMenu = (contents: WebContents): void => {
  contents.on('context-menu', (_event, { isEditable, selectionText, editFlags }) => {
    const copy: MenuItemConstructorOptions = { role: 'copy', label: say('edit.copy'), enabled: editFlags.canCopy };
    const editing: MenuItemConstructorOptions[] = [
      { role: 'cut', label: say('edit.cut'), enabled: editFlags.canCut },
      copy,
      { role: 'paste', label: say('edit.paste'), enabled: editFlags.canPaste },
      { type: 'separator' },
      { role: 'selectAll', label: say('edit.selectAll'), enabled: editFlags.canSelectAll },
    ];
    if (isEditable) Menu.buildFromTemplate(editing).popup();
    else if (selectionText.trim() !== '') Menu.buildFromTemplate([copy]).popup();
  });
};
