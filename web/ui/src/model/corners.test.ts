import { expect, test } from 'vitest';
import { formatCorners, parseCorners } from './corners';

test('corners written are the corners read', () => {
  const corners: [number, number][] = [[116.3, 39.9], [116.4, 39.9], [116.4, 40]];
  expect(parseCorners(formatCorners(corners))).toEqual(corners);
  expect(formatCorners([...corners, [116.3, 39.9]])).toBe('116.3, 39.9\n116.4, 39.9\n116.4, 40');
});

test.each(['', '116.3, 39.9\n116.4, 39.9', '116.3, 39.9\n116.4\n116.4, 40', '116.3, 39.9\n116.4, north\n116.4, 40', '39.9, 116.3\n39.9, 116.4\n40, 116.4'])('%j is no polygon', (text) => {
  expect(parseCorners(text)).toBeNull();
});
