import { afterEach, expect, test, vi } from 'vitest';
import { faultOf, readMapStyle, shownAddress } from './map-style';

afterEach(() => vi.unstubAllGlobals());

const faultAt = (answer: () => Promise<Response>) => {
  vi.stubGlobal('fetch', answer);
  return readMapStyle('http://maps.example/style.json').then(() => null, faultOf);
};

test('a style that cannot be read says why', async () => {
  expect(await faultAt(() => Promise.resolve(new Response('', { status: 404 })))).toEqual({ kind: 'status', status: 404 });
  expect(await faultAt(() => Promise.reject(new TypeError('Failed to fetch')))).toEqual({ kind: 'unreachable' });
  expect(await faultAt(() => Promise.resolve(new Response('<html>')))).toEqual({ kind: 'unreadable' });
  expect(await faultAt(() => Promise.resolve(new Response('{"version":7,"layers":[]}')))).toEqual({ kind: 'unreadable' });
  expect(await faultAt(() => Promise.resolve(new Response('{"version":8,"layers":[]}')))).toBeNull();
});

test('an error of the map is told by its status', () => {
  expect(faultOf(Object.assign(new Error('AJAXError'), { status: 503 }))).toEqual({ kind: 'status', status: 503 });
  expect(faultOf(Object.assign(new Error('AJAXError'), { status: 0 }))).toEqual({ kind: 'unreachable' });
  expect(faultOf(new Error('Could not decode the image.'))).toEqual({ kind: 'unreadable' });
});

test('a key in the address is not shown', () => {
  expect(shownAddress('https://tiles.example/{z}/{x}/{y}.png?key=secret')).toBe('https://tiles.example/{z}/{x}/{y}.png');
});
