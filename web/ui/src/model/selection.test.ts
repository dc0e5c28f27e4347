import { expect, it } from 'vitest';
import { formatSelection, NOTHING, parseSelection } from './selection';

it.each(['r12', 'r12.5', 'par_01', 'ter_02', ''])('round-trips %s', (text) => expect(formatSelection(parseSelection(text))).toBe(text));
it('ignores what it does not know', () => expect(parseSelection('<script>')).toEqual(NOTHING));
