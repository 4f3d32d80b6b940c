import { cleanup, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { OwnerMark } from './owner-mark.tsx';
import { renderScreen } from './render-screen.tsx';

afterEach(cleanup);

describe('who has an incident', () => {
  it('says how long it waits for pick-up apart from the words, which alone are cut where it is narrow', () => {
    renderScreen(<OwnerMark name={null} groupName="Network" isMe={false} waitingSince={0} now={18 * 60_000} />);
    expect(screen.getByText('18 min')).toBeDefined();
    expect(screen.getByTitle('Waiting for pick-up 18 min · Network').textContent).toBe('Waiting for pick-up 18 min');
  });
});
