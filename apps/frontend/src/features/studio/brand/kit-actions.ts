import { kitChange, looksLike } from '../../brand/kit-commands.ts';
import { kitChangeWords } from '../../brand/kit-words.ts';
import type { Action } from '../keys/action.ts';
import type { DeskContext } from '../keys/desk-actions.ts';

/** Every brand kit by its name. */
export function kitActions({ session, desk, kits, brandWords }: DeskContext): Action[] {
  const { document } = session.store.getState();
  if (document === null) return [];
  return kits.map((kit): Action => {
    const isOn = document.brand.kit === kit.id && looksLike(document, kit.content);
    return {
      id: `kit-${kit.id}`,
      unlisted: true,
      group: 'brand',
      name: brandWords('kit.useNamed', { name: kit.name }),
      unavailable: isOn ? brandWords('kit.isOnNow') : null,
      run: () => {
        const now = session.store.getState().document;
        if (now === null) return;
        const change = kitChange(now, kit, () => crypto.randomUUID());
        void session.command(change.command).then((outcome) => {
          if (outcome.ok) desk.say(kitChangeWords(change, brandWords), true);
        });
      },
    };
  });
}
