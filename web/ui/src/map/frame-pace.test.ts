import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { paceFrames } from './frame-pace';

const REFRESH_MS = 16;

/** A map whose frames hold the browser up for so long. */
function slowMap(frameMs: number) {
  let listener: () => void = () => undefined;
  let [busyUntil, isAsked] = [0, false];
  vi.stubGlobal('requestAnimationFrame', (then: () => void) => setTimeout(then, Math.max(REFRESH_MS, busyUntil - performance.now())));
  const map = {
    frames: 0, isMoved: false,
    triggerRepaint() {
      if (isAsked) return;
      isAsked = true;
      requestAnimationFrame(() => { isAsked = false; map.frames++; busyUntil = performance.now() + frameMs; listener(); });
    },
    isMoving: () => map.isMoved,
    on: (_: 'render', then: () => void) => { listener = then; },
  };
  paceFrames(map);
  return map;
}

/** Asks for a frame every 10 ms. */
function ask(map: { triggerRepaint(): void }, ms: number) {
  for (let t = 0; t < ms; t += 10) { map.triggerRepaint(); vi.advanceTimersByTime(10); }
}

beforeEach(() => { vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] }); });
afterEach(() => { vi.useRealTimers(); vi.unstubAllGlobals(); });

it('draws on where frames are cheap', () => {
  const map = slowMap(1);
  ask(map, 1000);
  expect(map.frames).toBeGreaterThanOrEqual(20);
});

it('leaves dear frames two thirds of the time for the rest of the page, and draws the last one asked for', () => {
  const map = slowMap(150);
  ask(map, 6000);
  const during = map.frames;
  expect(during).toBeLessThanOrEqual(16);
  map.triggerRepaint();
  vi.advanceTimersByTime(2000);
  expect(map.frames).toBeGreaterThan(during);
});

it('puts nothing off while the map moves', () => {
  const map = slowMap(150);
  ask(map, 1000);
  map.isMoved = true;
  const before = map.frames;
  ask(map, 1500);
  expect(map.frames - before).toBeGreaterThanOrEqual(9);
});
